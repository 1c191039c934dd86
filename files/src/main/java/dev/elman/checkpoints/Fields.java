package dev.elman.checkpoints;

import dev.elman.data.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The fields of a JSON object, read with their types checked. */
final class Fields {
  private final String place;
  private final Map<?, ?> fields;

  /**
   * Fields of an object.
   *
   * @param place where it stands, for messages
   */
  Fields(String place, Object object) {
    this.place = place;
    if (!(object instanceof Map<?, ?> map)) {
      throw wrong("an object of fields", object);
    }
    this.fields = map;
  }

  Fields object(String name) {
    return new Fields(place + "." + name, fields.get(name));
  }

  String text(String name) {
    return value(name, String.class, "a text");
  }

  int number(String name) {
    return value(name, Number.class, "a whole number").intValue();
  }

  long large(String name) {
    return value(name, Number.class, "a whole number").longValue();
  }

  /** A number, which JSON writes as text where it is infinite or not a number. */
  double real(String name) {
    return real(fields.get(name), name);
  }

  boolean truth(String name) {
    return value(name, Boolean.class, "true or false");
  }

  List<String> texts(String name) {
    return list(name, item -> cast(item, name, String.class, "a text"));
  }

  List<Integer> numbers(String name) {
    return list(name, item -> cast(item, name, Number.class, "a whole number").intValue());
  }

  List<Double> reals(String name) {
    return list(name, item -> real(item, name));
  }

  /** A value that a constructor or a lookup may refuse. */
  <T> T named(String name, Function<String, T> lookup) {
    String text = text(name);
    try {
      return lookup.apply(text);
    } catch (IllegalArgumentException e) {
      throw wrong("a known name as '" + name + "'", text, e);
    }
  }

  /** Requires that a list has so many items. */
  void sized(String name, int items) {
    List<?> list = value(name, List.class, "a list");
    if (list.size() != items) {
      throw wrong(items + " items in '" + name + "'", list.size());
    }
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  private double real(Object value, String name) {
    if (value instanceof String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw wrong("a number as '" + name + "'", value, e);
      }
    }
    return cast(value, name, Number.class, "a number").doubleValue();
  }

  private <T> List<T> list(String name, Function<Object, T> item) {
    List<T> items = new ArrayList<>();
    for (Object value : value(name, List.class, "a list")) {
      items.add(item.apply(value));
    }
    return items;
  }

  private <T> T value(String name, Class<T> type, String kind) {
    return cast(fields.get(name), name, type, kind);
  }

  private <T> T cast(Object value, String name, Class<T> type, String kind) {
    if (!type.isInstance(value)) {
      throw wrong(kind + " as '" + name + "'", value);
    }
    return type.cast(value);
  }

  private DataException wrong(String expected, Object found) {
    return wrong(expected, found, null);
  }

  private DataException wrong(String expected, Object found, Exception revealedBy) {
    return new DataException(
        expected + " in " + place,
        found == null ? "nothing" : "'" + found + "'",
        "the file was edited by hand, or written by another program",
        "restore it from a copy, or train anew",
        revealedBy);
  }
}

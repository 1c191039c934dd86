package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.data.Utf8;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON header of a safetensors file, checked against the size of its data: the tensors fill it
 * without holes or overlaps, so that nothing read later can lie about its size.
 *
 * @param tensors in the order of the header
 * @param metadata the texts under {@code __metadata__}
 */
record SafetensorsHeader(List<Entry> tensors, Map<String, String> metadata) {

  /** The most tensors that a file may hold; models have some dozens. */
  static final int MOST_TENSORS = 100_000;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * One tensor.
   *
   * @param begin the first byte, counted from the start of the data
   * @param end the byte after the last
   */
  record Entry(String name, Dtype dtype, int[] shape, long begin, long end) {
    int size() {
      return (int) ((end - begin) / dtype.bytes);
    }
  }

  /** Parses and checks a header. */
  static SafetensorsHeader parse(byte[] header, long dataBytes, String source) {
    if (header.length == 0 || header[0] != '{') {
      throw damaged("a header that starts with { in " + source, "something else", null);
    }
    SafetensorsHeader parsed;
    try (JsonParser json =
        JSON.createParser(ObjectReadContext.empty(), Utf8.decode(header, source))) {
      parsed = new Parsing(json, source).header();
    } catch (JacksonException e) {
      throw damaged("a JSON header in " + source, e.getOriginalMessage(), e);
    }
    requireFilled(parsed.tensors, dataBytes, source);
    return parsed;
  }

  /** The entries by their place in the data. */
  List<Entry> inFileOrder() {
    return sorted(tensors);
  }

  private static List<Entry> sorted(List<Entry> entries) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return sorted;
  }

  private static void requireFilled(List<Entry> entries, long dataBytes, String source) {
    long filled = 0;
    for (Entry entry : sorted(entries)) {
      if (entry.begin != filled) {
        throw damaged(
            "tensor '" + entry.name + "' of " + source + " to begin at byte " + filled,
            "byte "
                + entry.begin
                + (entry.begin < filled
                    ? ": it overlaps the tensor before it"
                    : ": there is a hole before it"),
            null);
      }
      if (entry.end > dataBytes) {
        throw damaged(
            "tensor '" + entry.name + "' of " + source + " within " + dataBytes + " bytes of data",
            "an end at byte " + entry.end,
            null);
      }
      filled = entry.end;
    }
    if (filled != dataBytes) {
      throw damaged(
          filled + " bytes of data in " + source + ", as its tensors say", dataBytes + "", null);
    }
  }

  static DataException damaged(String expected, String found, Exception revealedBy) {
    return new DataException(
        expected,
        found,
        "the file was cut short or changed, or is no safetensors file",
        "copy or download it again, or save it again",
        revealedBy);
  }

  /** One pass over the tokens of a header. */
  private record Parsing(JsonParser json, String source) {

    SafetensorsHeader header() {
      List<Entry> entries = new ArrayList<>();
      Set<String> names = new HashSet<>();
      Map<String, String> metadata = Map.of();
      require(json.nextToken(), JsonToken.START_OBJECT, "the header");
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        if (name.equals("__metadata__")) {
          metadata = texts();
          continue;
        }
        if (!NamedTensor.isName(name) || !names.add(name)) {
          throw new DataException(
              "tensor names that differ and are no paths in " + source,
              "'" + name.replaceAll("\\p{Cntrl}", "?") + "'",
              "the file was made to do harm, or by a faulty program",
              "do not use this file");
        }
        if (names.size() > MOST_TENSORS) {
          throw damaged("at most " + MOST_TENSORS + " tensors in " + source, "more", null);
        }
        entries.add(entry(name));
      }
      require(json.nextToken(), null, "the end of the header");
      return new SafetensorsHeader(List.copyOf(entries), metadata);
    }

    private Map<String, String> texts() {
      Map<String, String> texts = new LinkedHashMap<>();
      require(json.nextToken(), JsonToken.START_OBJECT, "__metadata__");
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = json.currentName();
        require(json.nextToken(), JsonToken.VALUE_STRING, "__metadata__ '" + key + "'");
        texts.put(key, json.getString());
      }
      return texts;
    }

    private Entry entry(String name) {
      String dtype = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      require(json.nextToken(), JsonToken.START_OBJECT, "tensor '" + name + "'");
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        switch (json.currentName()) {
          case "dtype" -> {
            require(json.nextToken(), JsonToken.VALUE_STRING, "dtype of '" + name + "'");
            dtype = json.getString();
          }
          case "shape" -> shape = numbers("shape of '" + name + "'", NamedTensor.MOST_DIMENSIONS);
          case "data_offsets" -> offsets = numbers("data_offsets of '" + name + "'", 2);
          default -> {
            json.nextToken();
            json.skipChildren();
          }
        }
      }
      if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
        throw damaged(
            "dtype, shape and two data_offsets of tensor '" + name + "' in " + source,
            "not all of them",
            null);
      }
      return checked(name, dtype, shape, offsets.get(0), offsets.get(1));
    }

    private Entry checked(String name, String dtypeName, List<Long> shape, long begin, long end) {
      Dtype dtype = Dtype.of(dtypeName);
      if (dtype == null) {
        throw new DataException(
            "tensor '" + name + "' of " + source + " as F32, F64, F16, BF16, I64, I32 or I8",
            "'" + dtypeName + "'",
            "the tensor is quantized, or holds something else than weights",
            "save it as 32-bit floats; in Python: tensor.float()");
      }
      long size = 1;
      try {
        for (long length : shape) {
          size = Math.toIntExact(size * Math.toIntExact(length));
        }
        if (size * dtype.bytes != end - begin) {
          throw damaged(
              size * dtype.bytes
                  + " bytes for "
                  + dtype
                  + " "
                  + shape
                  + " '"
                  + name
                  + "' in "
                  + source,
              "bytes " + begin + " to " + end,
              null);
        }
      } catch (ArithmeticException e) {
        throw damaged(
            "fewer than 2^31 values in tensor '" + name + "' of " + source,
            "the shape " + shape,
            e);
      }
      return new Entry(name, dtype, shape.stream().mapToInt(Long::intValue).toArray(), begin, end);
    }

    /** An array of at most so many whole numbers of at least 0. */
    private List<Long> numbers(String what, int most) {
      List<Long> numbers = new ArrayList<>();
      require(json.nextToken(), JsonToken.START_ARRAY, what);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        require(json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
        long number = json.getLongValue();
        if (number < 0 || numbers.size() == most) {
          throw damaged(
              "at most " + most + " numbers of at least 0 as " + what + " in " + source,
              number < 0 ? "" + number : "more",
              null);
        }
        numbers.add(number);
      }
      return numbers;
    }

    private void require(JsonToken token, JsonToken expected, String what) {
      if (token != expected) {
        throw damaged(
            (expected == null ? "nothing more" : expected) + " as " + what + " in " + source,
            "" + token,
            null);
      }
    }
  }
}

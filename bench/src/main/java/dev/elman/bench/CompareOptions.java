package dev.elman.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of a command line: {@code --NAME VALUE} in pairs, and what follows them. */
record CompareOptions(Map<String, String> options, List<String> rest) {
  /** Takes them apart. */
  static CompareOptions of(String... args) {
    Map<String, String> options = new HashMap<>();
    int i = 0;
    for (; i + 1 < args.length && args[i].startsWith("--"); i += 2) {
      options.put(args[i].substring(2), args[i + 1]);
    }
    return new CompareOptions(options, Arrays.asList(args).subList(i, args.length));
  }

  /**
   * An option's value.
   *
   * @param byDefault null where it is needed
   */
  String get(String name, String byDefault) {
    String value = options.getOrDefault(name, byDefault);
    if (value == null) {
      throw new IllegalArgumentException("Expected --" + name + ", found none.");
    }
    return value;
  }

  int number(String name, String byDefault) {
    return Integer.parseInt(get(name, byDefault));
  }

  /** The lines of a file of shapes, each with all columns. */
  List<String> shapes() throws IOException {
    List<String> shapes = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(get("shapes", null)))) {
      String shape = line.replace(" ", "");
      if (!shape.isEmpty() && !shape.startsWith("#")) {
        shapes.add(shape.split(",").length == 6 ? shape + ",1,equal" : shape);
      }
    }
    return shapes;
  }
}

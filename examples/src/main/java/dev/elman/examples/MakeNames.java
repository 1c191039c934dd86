package dev.elman.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * Makes {@code examples/data/names.csv}, family names with their languages, from the jar of
 * Datafaker 2.4.2, so that anyone can make the file again.
 *
 * <p>Sixteen languages in Latin script, each name once per language. A name that several languages
 * share ({@code Martin}) is kept in each of them, as in life: nothing is right about it every time.
 * From a long list every k-th name is taken. Sorted by language, then name.
 */
public final class MakeNames {

  private static final int MOST_PER_LANGUAGE = 600;

  /** A language, the file in the jar that holds its names, and the key in that file. */
  private record Source(String language, String file, String key) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("Croatian", "hr.yml", "last_name"),
          new Source("Czech", "cs-CZ.yml", "male_last_name"),
          new Source("Danish", "da-DK.yml", "last_name"),
          new Source("Dutch", "nl.yml", "last_name"),
          new Source("English", "en/name.yml", "last_name"),
          new Source("French", "fr.yml", "last_name"),
          new Source("German", "de.yml", "last_name"),
          new Source("Hungarian", "hu.yml", "last_name"),
          new Source("Indonesian", "id.yml", "last_name"),
          new Source("Italian", "it.yml", "last_name"),
          new Source("Norwegian", "no-NO.yml", "last_name"),
          new Source("Polish", "pl.yml", "last_name"),
          new Source("Portuguese", "pt-BR.yml", "last_name"),
          new Source("Slovak", "sk.yml", "man_last_name"),
          new Source("Spanish", "es.yml", "last_name"),
          new Source("Swedish", "sv.yml", "last_name"));

  private MakeNames() {}

  /** Arguments: the jar, and the file to write. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("Usage: MakeNames datafaker-2.4.2.jar examples/data/names.csv");
      return;
    }
    StringBuilder csv = new StringBuilder("name,language\n");
    try (ZipFile jar = new ZipFile(arguments[0])) {
      for (Source source : SOURCES) {
        byte[] yaml = jar.getInputStream(jar.getEntry(source.file())).readAllBytes();
        for (String name : everyKth(names(new String(yaml, UTF_8), source.key()))) {
          csv.append(name).append(',').append(source.language()).append('\n');
        }
      }
    }
    Files.writeString(Path.of(arguments[1]), csv);
  }

  /** The names under a key, {@code key: [a, "b"]} or one {@code - "a"} per line, sorted. */
  static List<String> names(String yaml, String key) {
    Matcher start = Pattern.compile("(?m)^ +" + key + ":\\s*(?=\\[|- )").matcher(yaml);
    if (!start.find()) {
      throw new IllegalArgumentException("No list of names under the key " + key);
    }
    TreeSet<String> names = new TreeSet<>();
    if (yaml.charAt(start.end()) == '[') {
      String list = yaml.substring(start.end() + 1, yaml.indexOf(']', start.end()));
      for (String item : list.split(",")) {
        add(item, names);
      }
    } else {
      for (String line : yaml.substring(start.end()).lines().map(String::strip).toList()) {
        if (!line.startsWith("- ")) {
          break;
        }
        add(line.substring(2), names);
      }
    }
    return new ArrayList<>(names);
  }

  /** Adds what is left of an item without its quotes and invisible characters. */
  private static void add(String item, TreeSet<String> names) {
    String name = item.replaceAll("\\p{Cf}", "").strip();
    if (name.length() > 1 && "\"'".indexOf(name.charAt(0)) >= 0) {
      name = name.substring(1, name.length() - 1).strip();
    }
    if (!name.isEmpty()) {
      names.add(name);
    }
  }

  /** At most {@link #MOST_PER_LANGUAGE} of the names, evenly over the alphabet. */
  private static List<String> everyKth(List<String> names) {
    int count = Math.min(names.size(), MOST_PER_LANGUAGE);
    List<String> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(names.get((int) ((long) i * names.size() / count)));
    }
    return chosen;
  }
}

package dev.elman.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks docs/architectures.md: every row's example runs, every page has what it promises. */
class ArchitecturesTest {
  private static final Path DOCS = Path.of("../docs");
  private static final Pattern ROW =
      Pattern.compile("\\| ([^|]+) \\| \\[[^]]+]\\(([^)]+)\\) \\| `([^`]+)` \\|");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");

  @TempDir private Path folder;

  /** A row of the table. */
  record Row(String what, Path page, String example) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(DOCS.resolve("architectures.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.add(new Row(row.group(1), DOCS.resolve(row.group(2)), row.group(3)));
      }
    }
    return rows;
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("architectures"))) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  @Test
  void everyLineOfATableIsARowAndEveryPageHasOne() throws IOException {
    List<String> lines = Files.readAllLines(DOCS.resolve("architectures.md"));
    long headers = lines.stream().filter(line -> line.startsWith("| what |")).count();
    long all = lines.stream().filter(line -> line.startsWith("| ")).count();
    assertThat(rows()).hasSize((int) (all - headers));
    assertThat(new TreeSet<>(rows().stream().map(Row::page).toList()))
        .containsExactlyElementsOf(pages());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void exampleRuns(Row row) {
    for (String command : row.example().split(" && ")) {
      assertThat(command).startsWith("./elman ");
      String line =
          command
              .substring("./elman ".length())
              .replace("examples/data", "../examples/data")
              .replace("LICENSE", "../LICENSE")
              .replace("models/", folder + "/");
      boolean needsFolder = line.startsWith("train ") && !line.contains(" --out ");
      CommandRun run =
          CommandRun.of((needsFolder ? line + " --out " + folder + "/model" : line).split(" "));
      assertThat(run.code()).as(command + "\n" + run.err()).isZero();
      assertThat(run.out()).as(command).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pageHasEquationsAPictureWhenToUseItAndACommand(Path page) throws IOException {
    String text = Files.readString(page);
    assertThat(text)
        .startsWith("# ")
        .contains("\n```\n", "\n![", "*When.*", "\n```sh\n./elman ")
        .doesNotContain("$$");
    Matcher links = LINK.matcher(text);
    while (links.find()) {
      assertThat(page.resolveSibling(links.group(1))).exists();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void optionsOfThePageAreThoseOfTheCommand(Path page) throws IOException {
    String text = Files.readString(page);
    int from = text.indexOf("\n```sh\n") + 7;
    for (String command : text.substring(from, text.indexOf("\n```", from)).split("\n| && ")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ")));
      String verb = words.get(1);
      int names = List.of("train", "example").contains(verb) ? 3 : 2;
      List<String> help = new ArrayList<>(words.subList(1, names));
      help.add("--help");
      String options = CommandRun.of(help.toArray(String[]::new)).out();
      assertThat(words.stream().filter(word -> word.startsWith("--")))
          .as(command)
          .allSatisfy(word -> assertThat(options).contains(word));
    }
  }
}

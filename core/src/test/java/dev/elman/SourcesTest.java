package dev.elman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the sources of all modules to the rules that CONTRIBUTING.md gives. */
final class SourcesTest {

  private static final int LONGEST_FILE = 500;

  private static final List<Path> MAIN = javaFiles("src/main/java");
  private static final List<Path> ALL =
      Stream.concat(MAIN.stream(), javaFiles("src/test/java").stream()).toList();

  private static final Pattern COMMENT_OR_TEXT =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(\\\\.|[^\"\\\\\\n])*\"|'(\\\\.|[^'\\\\])+'",
          Pattern.DOTALL);
  private static final Pattern OPEN_CLASS =
      Pattern.compile("(?m)^[ ]*(?!.*\\bfinal\\b)[a-z\\- ]*\\bclass [A-Z]");
  private static final Pattern PARENT_CONSTRUCTOR = Pattern.compile("\\bsuper\\(");
  private static final Pattern VAGUE_NAME =
      Pattern.compile("(Manager|Helper|Utils?|Impl|Base|Abstract)(?![a-z])");
  private static final Pattern TYPE_NAME =
      Pattern.compile("\\b(?:class|interface|enum|record) ([A-Z]\\w*)");
  private static final Pattern JVM_EXIT =
      Pattern.compile("System\\.exit\\(|\\.halt\\(|getRuntime\\(\\)\\.exit\\(");
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

  @Test
  void everyTypeIsAnInterfaceARecordAnEnumOrAFinalClass() {
    assertThat(MAIN).filteredOn(file -> OPEN_CLASS.matcher(code(file)).find()).isEmpty();
  }

  @Test
  void onlyExceptionsHaveAParentClass() {
    assertThat(MAIN)
        .filteredOn(file -> !file.toString().endsWith("Exception.java"))
        .filteredOn(file -> PARENT_CONSTRUCTOR.matcher(code(file)).find())
        .isEmpty();
  }

  @Test
  void typeNamesSayWhatTheThingIs() {
    assertThat(ALL).flatExtracting(SourcesTest::vagueNames).isEmpty();
  }

  @Test
  void filesStaySmall() {
    assertThat(ALL).filteredOn(file -> text(file).lines().count() > LONGEST_FILE).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItDoes() {
    assertThat(MAIN)
        .extracting(file -> file.resolveSibling("package-info.java"))
        .allSatisfy(file -> assertThat(file).isRegularFile());
  }

  @Test
  void onlyTheCommandLineEndsTheJvm() {
    assertThat(MAIN)
        .filteredOn(file -> !file.endsWith("dev/elman/cli/Main.java"))
        .filteredOn(file -> JVM_EXIT.matcher(code(file)).find())
        .isEmpty();
  }

  @Test
  void nothingIsLeftUnfinished() {
    assertThat(ALL)
        .filteredOn(file -> !file.endsWith("SourcesTest.java"))
        .filteredOn(file -> UNFINISHED.matcher(text(file)).find())
        .isEmpty();
  }

  private static List<String> vagueNames(Path file) {
    return TYPE_NAME
        .matcher(code(file))
        .results()
        .map(match -> match.group(1))
        .filter(name -> VAGUE_NAME.matcher(name).find())
        .map(name -> name + " in " + file)
        .toList();
  }

  /** The Java files of all modules below {@code folder}, sorted. */
  private static List<Path> javaFiles(String folder) {
    try (var modules = Files.list(Path.of(".."))) {
      return modules
          .map(module -> module.resolve(folder))
          .filter(Files::isDirectory)
          .flatMap(SourcesTest::walk)
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path folder) {
    try {
      return Files.walk(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file tells the compiler: its text without comments, strings and characters. */
  private static String code(Path file) {
    return COMMENT_OR_TEXT.matcher(text(file)).replaceAll("");
  }
}

package dev.elman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stands in for {@code -Werror}, which would fail on javac's notice that the Vector API is
 * incubating.
 */
final class CompilerWarningsTest {

  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  @EnabledForJreRange(max = JRE.JAVA_17, disabledReason = "newer compilers bring new warnings")
  void coreCompilesWithoutWarnings(@TempDir Path classes) throws IOException {
    var options =
        List.of(
            "--add-modules=jdk.incubator.vector",
            "-Xlint:all",
            "-Xdoclint:all,-missing",
            "-proc:none",
            "-d",
            classes.toString());
    var found = new DiagnosticCollector<JavaFileObject>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> walk = Files.walk(SOURCES)) {
      var sources = walk.filter(file -> file.toString().endsWith(".java")).toList();
      compiler
          .getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    assertThat(found.getDiagnostics())
        .filteredOn(diagnostic -> !isIncubatorNotice(diagnostic))
        .isEmpty();
  }

  private static boolean isIncubatorNotice(Diagnostic<?> diagnostic) {
    return diagnostic.getCode().equals("compiler.warn.incubating.modules");
  }
}

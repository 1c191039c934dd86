import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

/**
 * Adds up the test reports of all modules and prints one line.
 *
 * <p>Arguments: the root of the project, and the time the build started; reports older than that
 * are left over from another build.
 */
public final class TestTotals {

  public static void main(String[] args) throws Exception {
    var root = Path.of(args[0]).toAbsolutePath();
    var started = Instant.parse(args[1]);
    var parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    long run = 0;
    long failed = 0;
    long skipped = 0;
    try (Stream<Path> files = Files.walk(root, 4)) {
      var reports = files.filter(TestTotals::isReport).toList();
      for (var report : reports) {
        if (Files.getLastModifiedTime(report).toInstant().isBefore(started)) {
          continue;
        }
        var suite = parser.parse(report.toFile()).getDocumentElement();
        run += Long.parseLong(suite.getAttribute("tests"));
        failed += Long.parseLong(suite.getAttribute("failures"));
        failed += Long.parseLong(suite.getAttribute("errors"));
        skipped += Long.parseLong(suite.getAttribute("skipped"));
      }
    }
    System.out.printf("Tests in all modules: %d run, %d failed, %d skipped%n", run, failed, skipped);
  }

  private static boolean isReport(Path file) {
    return file.getParent().getParent().endsWith("target")
        && file.getParent().getFileName().toString().startsWith("surefire-reports")
        && file.getFileName().toString().matches("TEST-.*\\.xml");
  }
}

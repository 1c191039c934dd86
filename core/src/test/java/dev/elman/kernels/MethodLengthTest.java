package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** See docs/decisions/0013-vector-loops-are-not-inlined.md. */
class MethodLengthTest {

  private static final int INLINED = 325; // bytes of code: the JIT's FreqInlineSize

  @ParameterizedTest
  @CsvSource({
    "RowProduct, run",
    "VectorActivations, exp",
    "VectorActivations, sigmoid",
    "VectorActivations, tanh"
  })
  void isNotInlined(String type, String method) {
    assertThat(length(type, method)).isGreaterThan(INLINED);
  }

  /** Where the method's last return stands in what javap prints. */
  private static int length(String type, String method) {
    StringWriter text = new StringWriter();
    PrintWriter to = new PrintWriter(text);
    String classes =
        MethodLengthTest.class
            .getResource(type + ".class")
            .getPath()
            .replaceAll("/dev/elman/.*", "");
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    assertThat(javap.run(to, to, "-c", "-p", "-cp", classes, "dev.elman.kernels." + type)).isZero();
    Matcher code =
        Pattern.compile(" " + method + "\\(.*?(\\d+): \\w*return\\n\\n", Pattern.DOTALL)
            .matcher(text + "\n\n");
    assertThat(code.find()).isTrue();
    return Integer.parseInt(code.group(1)) + 1;
  }
}

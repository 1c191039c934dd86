package dev.elman.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MakeNamesTest {

  @Test
  void readsListsInLinesAndInBrackets() {
    assertThat(
            MakeNames.names("  x:\n    last_name: [Öz, \"O'Hara\",\n 'Ba x',Öz, ]\n", "last_name"))
        .containsExactly("Ba x", "O'Hara", "Öz");
    assertThat(
            MakeNames.names(
                "    last_name:\n    - \"Abbott\"\n    - \u200BAdams\n    name:\n    - \"no\"\n",
                "last_name"))
        .containsExactly("Abbott", "Adams");
    assertThatThrownBy(() -> MakeNames.names("    man_last_name: [A]", "last_name"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No list of names under the key last_name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"seattle-weather.csv", "moby-dick.txt", "names.csv"})
  void theDataIsWhatItsReadmeSays(String name) throws IOException, NoSuchAlgorithmException {
    byte[] bytes = Files.readAllBytes(Path.of("data", name));
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    List<String> lines = Files.readAllLines(Path.of("data/README.md"), UTF_8);
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("| " + name)
                    .contains(sha256)
                    .contains(String.format(Locale.ROOT, "%,d", bytes.length)));
  }
}

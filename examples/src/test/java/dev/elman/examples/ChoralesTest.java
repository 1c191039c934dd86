package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoralesTest {
  private static final String PIECES = "[[[60, 64, 67], [], [60, 64]], [[21], [108], [60]]]";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeTwoPieces() {
    file = folder.resolve("pieces.json");
  }

  private void write(String train) throws IOException {
    String parts = "{\"train\": %s, \"valid\": %s, \"test\": %s}";
    Files.writeString(file, String.format(parts, train, PIECES, PIECES));
  }

  @Test
  void measuresAChoraleBesideTheFloorsDrawsOneAndSavesTheModel() throws IOException {
    write(PIECES);
    TextStage stage = new TextStage();
    Path out = folder.resolve("model");
    String options = "--hidden 4 --epochs 2 --cell rnn --out " + out;
    TextStage.run(new Chorales(), stage, "--data " + file + " " + options);
    assertThat(stage.text())
        .contains("how often each key sounds ", "and after it sounded or not ")
        .containsPattern("rnn, Bernoulli of 88 \\d+\\.\\d{3} \\d+\\.\\d{3}")
        .containsPattern("(?m)^  ([A-G]#?\\d|-)")
        .contains("Next: elman generate " + out);
    assertThat(out.resolve("model.json")).content().contains("\"A0\"", "\"C8\"");
  }

  @Test
  void floorsAreSharesThatBeginWithAHalf() throws IOException {
    write("[[[60], [60], []]]");
    KeyFloors floors = KeyFloors.of(ChoraleFile.read(file).train());
    int key = ChoraleFile.names().indexOf("C4");
    assertThat(floors.often()[key]).isEqualTo(2.5 / 4);
    assertThat(floors.after()[0][key]).isEqualTo(0.5);
    assertThat(floors.after()[1][key]).isEqualTo(1.5 / 3);
    double others = 87 * -Math.log(1 - 0.5 / 4);
    double expected = others - (Math.log(2.5 / 4) + Math.log(1.5 / 4)) / 2;
    assertThat(floors.nats(ChoraleFile.read(file).train())[0]).isCloseTo(expected, offset(1e-9));
  }

  @Test
  void whatIsNoMusicIsRefused() throws IOException {
    write("[[[60], [200]]]");
    assertThatThrownBy(() -> ChoraleFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll("lists of MIDI numbers", "the pitch 200, which no piano has");
    write("[]");
    assertThatThrownBy(() -> ChoraleFile.read(file)).hasMessageContaining("no pieces in \"train\"");
    write("[[\"C4\"]]");
    assertThatThrownBy(() -> ChoraleFile.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Cure: ");
  }
}

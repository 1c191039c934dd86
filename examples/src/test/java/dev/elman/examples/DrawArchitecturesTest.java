package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrawArchitecturesTest {
  private static final Path FOLDER = Path.of("../docs/architectures");

  @Test
  void picturesOfTheDocumentsAreThoseOfTheModels() throws IOException {
    var pictures = DrawArchitectures.pictures();
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> f.endsWith(".svg")))
          .containsExactlyInAnyOrderElementsOf(
              pictures.keySet().stream().map(name -> name + ".svg").toList());
    }
    for (String name : pictures.keySet()) {
      assertThat(FOLDER.resolve(name + ".svg"))
          .as("run docs/write-architectures")
          .hasContent(pictures.get(name));
    }
  }

  @Test
  void noWireGoesThroughABox() {
    DrawArchitectures.pictures()
        .forEach(
            (name, picture) -> {
              assertThat(numbers("<rect (x=.*rx=)", picture)).as(name).hasSizeGreaterThan(2);
              assertThat(numbers("class=\"wire\" d=\"([^\"]*)\"", picture)).as(name).isNotEmpty();
              for (String half : picture.split("<g transform")) {
                List<double[]> boxes = numbers("<rect (x=.*rx=)", half);
                for (double[] wire : numbers("class=\"wire\" d=\"([^\"]*)\"", half)) {
                  for (double[] box : boxes) {
                    assertThat(crosses(wire, box)).as(name + Arrays.toString(wire)).isFalse();
                  }
                }
              }
            });
  }

  /** Whether a line through x, y, x, y, ... has a part within a box of x, y, width, height. */
  private static boolean crosses(double[] wire, double[] box) {
    for (int i = 0; i + 3 < wire.length; i += 2) {
      boolean within = false;
      for (int k = 1; k < 200; k++) {
        double x = wire[i] + (wire[i + 2] - wire[i]) * k / 200 - box[0];
        double y = wire[i + 1] + (wire[i + 3] - wire[i + 1]) * k / 200 - box[1];
        within |= x > 1 && x < box[2] - 1 && y > 1 && y < box[3] - 1;
      }
      if (within) {
        return true;
      }
    }
    return false;
  }

  private static List<double[]> numbers(String pattern, String text) {
    Pattern number = Pattern.compile("-?[0-9.]+");
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(part -> number.matcher(part.group(1)).results().map(r -> r.group()))
        .map(all -> all.mapToDouble(Double::parseDouble).toArray())
        .toList();
  }
}

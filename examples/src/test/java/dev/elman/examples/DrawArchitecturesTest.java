package dev.elman.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}

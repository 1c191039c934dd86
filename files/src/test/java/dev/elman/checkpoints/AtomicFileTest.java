package dev.elman.checkpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  private void refuses(Path file, AtomicFile.Bytes bytes, String... parts) {
    assertThatThrownBy(() -> AtomicFile.write(file, bytes))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Expected to write " + file + ", found ")
        .hasMessageContainingAll(parts)
        .hasMessageMatching("(?s).+\nLikely cause: .+\nCure: .+\\.");
  }

  @Test
  void replacesTheFileAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("a");
    AtomicFile.write(file, out -> out.write(new byte[] {1, 2, 3}));
    AtomicFile.write(file, out -> out.write(new byte[] {4}));
    assertThat(Files.readAllBytes(file)).containsExactly(4);
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void aFullDiskLeavesTheOldFileAndNoPart() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    refuses(
        file,
        out -> {
          out.write(new byte[200_000]);
          throw new IOException("No space left on device");
        },
        "No space left on device",
        "the disk is full",
        "make room, or write to another disk");
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void aProgramErrorLeavesTheOldFileAndNoPart() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    IllegalStateException bug = new IllegalStateException("bug");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw bug;
                    }))
        .isSameAs(bug);
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("a");
  }

  @Test
  void saysWhyAFileCannotBeWritten() throws IOException {
    AtomicFile.Bytes one = out -> out.write(1);
    refuses(folder.resolve("no/a"), one, "does not exist", "mkdir -p " + folder.resolve("no"));
    Files.createDirectory(folder.resolve("sub"));
    refuses(folder.resolve("sub"), one, "there is a folder of that name", "choose another name");
    refuses(
        folder.resolve("a"),
        out -> {
          throw new IOException("Permission denied");
        },
        "this user may not write",
        "chmod u+w " + folder);
    refuses(
        folder.resolve("a"),
        out -> {
          throw new IOException("Input/output error");
        },
        "Input/output error",
        "the disk or the network behind it failed");
    String name = folder.resolve("a").toString();
    refuses(
        folder.resolve("a"),
        out -> {
          throw new AccessDeniedException(name);
        },
        "found permission denied",
        "chmod u+w " + folder);
    refuses(
        folder.resolve("a"),
        out -> {
          throw new NoSuchFileException(name);
        },
        "found NoSuchFileException",
        "look at the reason above");
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    AtomicFile.write(link, out -> out.write('n'));
    assertThat(link).isSymbolicLink();
    assertThat(file).hasContent("n");
  }

  @Test
  void anInterruptedThreadStillWrites() {
    Path file = folder.resolve("a");
    Thread.currentThread().interrupt();
    try {
      AtomicFile.write(file, out -> out.write('n'));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(file).hasContent("n");
  }
}

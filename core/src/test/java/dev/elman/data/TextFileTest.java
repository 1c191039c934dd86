package dev.elman.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {

  @TempDir Path folder;

  @Test
  void dropsTheByteOrderMarkAndCarriageReturns() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "\uFEFFCall me\r\nIshmaël\n");
    assertThat(TextFile.read(file)).isEqualTo("Call me\nIshmaël\n");
  }

  @Test
  void aMissingFileIsToldItsNearestNeighbour() throws IOException {
    Files.writeString(folder.resolve("moby-dick.txt"), "x");
    refuses(
        "moby-dik.txt",
        "Expected a file at " + folder.resolve("moby-dik.txt") + ", found no such file.",
        "the name is mistyped",
        "did you mean 'moby-dick.txt' in the same folder?");
  }

  @Test
  void aMissingFileInAMissingFolderIsToldTheWorkingDirectory() {
    refuses(
        "nowhere/a.txt",
        "its folder " + folder.resolve("nowhere") + " does not exist",
        "relative to another working directory than " + Path.of("").toAbsolutePath(),
        "check the path");
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Files.createDirectory(folder.resolve("books"));
    Files.writeString(folder.resolve("books/emma.txt"), "x");
    refuses("books", "found a folder", "the name of the file is missing", "such as emma.txt");
  }

  @Test
  void anEmptyAndABlankFileAreRefused() throws IOException {
    Files.writeString(folder.resolve("empty.txt"), "");
    refuses("empty.txt", "found an empty file (0 bytes)", "cut short", "make the file again");
    Files.writeString(folder.resolve("blank.txt"), " \n\n");
    refuses("blank.txt", "white space (3 characters)", "wrote no text", "make the file again");
  }

  @Test
  void anotherEncodingIsNamedWithThePlaceOfItsFirstByte() throws IOException {
    Files.write(folder.resolve("latin.txt"), "one\nGrüße".getBytes(StandardCharsets.ISO_8859_1));
    refuses(
        "latin.txt",
        "Expected UTF-8 text in latin.txt, found byte 0xFC at offset 6 (line 2).",
        "probably Windows-1252 or ISO-8859-1",
        "iconv -f WINDOWS-1252 -t UTF-8 latin.txt > utf8-latin.txt");
    for (String encoding : new String[] {"UTF-16", "UTF-16LE"}) {
      Files.write(folder.resolve("wide.txt"), "one two".getBytes(Charset.forName(encoding)));
      refuses("wide.txt", "Expected UTF-8 text", "probably UTF-16", "iconv -f UTF-16");
    }
  }

  @Test
  void aCutCharacterAtTheEndIsRefused() throws IOException {
    Files.write(folder.resolve("cut.txt"), new byte[] {'a', (byte) 0xE2, (byte) 0x82});
    refuses("cut.txt", "byte 0xE2 at offset 1 (line 1)", "another encoding", "iconv");
  }

  private void refuses(String name, String found, String cause, String cure) {
    assertThatThrownBy(() -> TextFile.read(folder.resolve(name)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(found)
        .hasMessageMatching("(?s).*\nLikely cause: [^\n]*\\Q" + cause + "\\E.*")
        .hasMessageMatching("(?s).*\nCure: [^\n]*\\Q" + cure + "\\E.*");
  }
}

package dev.elman.cli;

import dev.elman.data.InputFile;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files a model was trained on, as they stand in its provenance. */
final class DataFile {
  private DataFile() {}

  /** Names and SHA-256 of the files. */
  static Map<String, Object> provenance(List<Path> files) {
    Map<String, Object> data = new LinkedHashMap<>();
    for (Path file : files) {
      data.put(String.valueOf(file.getFileName()), sha256(InputFile.bytes(file)));
    }
    return data;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}

package dev.elman.checkpoints;

import dev.elman.data.DataException;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of a model as {@code model.json} describes it.
 *
 * @param name such as {@code weights.safetensors}
 * @param bytes its size
 * @param sha256 its checksum, 64 hexadecimal digits
 */
record ModelFile(String name, long bytes, String sha256) {

  ModelFile {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "Model file: expected a plain name that ends with .safetensors, got '" + name + "'.");
    }
  }

  /** The size and checksum that a file will have. */
  static ModelFile of(String name, Safetensors.Content content) {
    MessageDigest digest = sha256Digest();
    long[] count = new long[1];
    try (OutputStream counted =
        new OutputStream() {
          @Override
          public void write(int b) {
            count[0]++;
          }

          @Override
          public void write(byte[] b, int from, int length) {
            count[0] += length;
          }
        }) {
      Safetensors.write(new DigestOutputStream(counted, digest), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModelFile(name, count[0], HexFormat.of().formatHex(digest.digest()));
  }

  /** An entry of {@code model.json}. */
  static ModelFile of(String name, Object entry, Path folder) {
    if (isName(name)
        && entry instanceof Map<?, ?> tree
        && tree.get("bytes") instanceof Number bytes
        && tree.get("sha256") instanceof String sha256
        && sha256.matches("[0-9a-f]{64}")) {
      return new ModelFile(name, bytes.longValue(), sha256);
    }
    throw damaged(folder, "the entry " + name + ": " + entry + " of \"files\"");
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("bytes", bytes);
    tree.put("sha256", sha256);
    return tree;
  }

  /** Where the file stands until the save that wrote it is complete. */
  Path part(Path folder) {
    return folder.resolve(name + "." + sha256.substring(0, 16) + ".part");
  }

  /** Reads the file, from its part if that is still there, and checks that it is the one meant. */
  Safetensors.Content read(Path folder) {
    Path plain = folder.resolve(name);
    MessageDigest digest = sha256Digest();
    Safetensors.Content content;
    try (FileInputStream file = open(folder);
        InputStream in = new BufferedInputStream(file, 1 << 16)) {
      long size = file.getChannel().size();
      if (size != bytes) {
        throw new DataException(
            bytes + " bytes in " + plain,
            size + " bytes",
            size < bytes
                ? "the file was cut short when it was copied or downloaded"
                : "the file is of another save than model.json",
            "copy the whole folder again");
      }
      content = Safetensors.read(new DigestInputStream(in, digest), size, plain.toString());
    } catch (FileNotFoundException e) {
      throw new DataException(
          "the file " + name + " in the model " + folder,
          Files.exists(plain) ? "a file that cannot be opened" : "no such file",
          "the folder was copied in part",
          "copy the whole folder again",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + plain + ": " + e.getMessage(), e);
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(sha256)) {
      throw new DataException(
          plain + " with the SHA-256 " + sha256 + ", which model.json names",
          found,
          "the file is of another save than model.json, or was damaged on the way",
          "copy the whole folder again; if the weights were replaced on purpose, write this size"
              + " and checksum into model.json");
    }
    return content;
  }

  /** The part first: a save that ends meanwhile renames it to the plain name, never back. */
  private FileInputStream open(Path folder) throws FileNotFoundException {
    try {
      return new FileInputStream(part(folder).toFile());
    } catch (FileNotFoundException e) {
      return new FileInputStream(folder.resolve(name).toFile());
    }
  }

  static DataException damaged(Path folder, String found) {
    return new DataException(
        "the names, sizes and checksums of files in " + folder.resolve(ModelIndex.NAME),
        found,
        "the file was edited by hand or damaged",
        "copy the whole folder again, or save the model again");
  }

  private static boolean isName(String name) {
    return name.matches("[A-Za-z0-9_-]{1,100}\\.safetensors");
  }

  private static MessageDigest sha256Digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}

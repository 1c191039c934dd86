package dev.elman.sessions;

import dev.elman.models.Model;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The state of a session as bytes, little-endian (docs/formats.md, "The state of a session").
 *
 * <pre>{@code
 * 0   4  "ELSS"
 * 4   4  version, 1
 * 8   8  fingerprint of the model
 * 16  8  steps that were read
 * 24  4  n, how many numbers follow
 * 28  4n numbers, 32-bit floats: the tensors of the state one after the other
 *     4  CRC-32C of all bytes before
 * }</pre>
 */
final class SessionBytes {
  private static final int MAGIC = 0x53534c45; // "ELSS", the first byte the lowest
  private static final int VERSION = 1;
  private static final int BEFORE = 28;
  private static final int AFTER = Integer.BYTES;

  private SessionBytes() {}

  static byte[] write(Model model, long steps, List<float[]> state) {
    int count = count(state);
    ByteBuffer bytes = buffer(new byte[BEFORE + count * Float.BYTES + AFTER]);
    bytes.putInt(MAGIC).putInt(VERSION).putLong(fingerprint(model)).putLong(steps).putInt(count);
    for (float[] tensor : state) {
      for (float number : tensor) {
        bytes.putFloat(number);
      }
    }
    bytes.putInt(checksum(bytes.array()));
    return bytes.array();
  }

  /** Fills the state and returns the steps; the state is changed only when all is well. */
  static long read(byte[] bytes, Model model, List<float[]> state) {
    ByteBuffer from = buffer(bytes);
    require(bytes.length >= BEFORE + AFTER, "at least 32 bytes", bytes.length + " bytes");
    require(from.getInt() == MAGIC, "bytes that begin with ELSS", "others");
    requireVersion(from.getInt());
    long fingerprint = from.getLong();
    long steps = from.getLong();
    int count = from.getInt();
    long size = BEFORE + (long) count * Float.BYTES + AFTER;
    require(bytes.length == size, size + " bytes", bytes.length + " bytes");
    int checksum = from.getInt(bytes.length - AFTER);
    require(checksum == checksum(bytes), "the checksum that was written", "bytes with another");
    requireModel(fingerprint == fingerprint(model) && count == count(state));
    require(steps >= 0, "a number of steps", Long.toString(steps));
    requireFinite(from, count);
    for (float[] tensor : state) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = from.getFloat();
      }
    }
    return steps;
  }

  private static void require(boolean holds, String expected, String got) {
    if (!holds) {
      throw new IllegalArgumentException(
          "State of a session: expected "
              + expected
              + ", got "
              + got
              + ".\n"
              + "Likely cause: the bytes were cut or changed, or are something else.\n"
              + "Cure: save the state again, or start the stream anew.");
    }
  }

  /** Of the numbers that come next. */
  private static void requireFinite(ByteBuffer from, int count) {
    for (int i = 0; i < count; i++) {
      float number = from.getFloat(from.position() + i * Float.BYTES);
      if (!Float.isFinite(number)) {
        throw new IllegalArgumentException(
            "State of a session: expected finite numbers, got "
                + number
                + ".\n"
                + "Likely cause: an input was no number, or so large that the network left all"
                + " bounds, before the state was saved.\n"
                + "Cure: start the stream anew, and check what it is fed.");
      }
    }
  }

  private static void requireVersion(int version) {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "State of a session: expected version "
              + VERSION
              + ", got version "
              + version
              + ".\nLikely cause: a later release of Elman wrote it.\nCure: read it with that"
              + " release.");
    }
  }

  private static void requireModel(boolean same) {
    if (!same) {
      throw new IllegalArgumentException(
          "State of a session: expected one of this model, got another model's.\nLikely cause: the"
              + " model was trained again, converted or exchanged since; its state means something"
              + " else.\nCure: use the model that the state was saved with, or start the stream"
              + " anew.");
    }
  }

  private static int count(List<float[]> state) {
    return state.stream().mapToInt(tensor -> tensor.length).sum();
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - AFTER);
    return (int) crc.getValue();
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * What tells this model from others: the first 8 bytes of the SHA-256 of task, space, variant,
   * the byte 0, the widths of the state's tensors, and {@link dev.elman.tensor.Weights#sha256}.
   */
  private static long fingerprint(Model model) {
    byte[] task = (model.task() + " " + model.variant()).getBytes(StandardCharsets.UTF_8);
    int[] widths = model.states();
    byte[] weights = model.weights().sha256();
    ByteBuffer all =
        buffer(new byte[task.length + 1 + widths.length * Integer.BYTES + weights.length]);
    all.put(task).put((byte) 0);
    for (int width : widths) {
      all.putInt(width);
    }
    all.put(weights);
    try {
      return buffer(MessageDigest.getInstance("SHA-256").digest(all.array())).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}

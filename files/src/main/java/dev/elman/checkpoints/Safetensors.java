package dev.elman.checkpoints;

import dev.elman.data.DataException;
import dev.elman.data.InputFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The safetensors format: 8 bytes of header length (little-endian), a JSON header, raw numbers.
 *
 * <p>Written are F32 and I8, in the order given; read are F32, F64, F16, BF16, I64, I32 and I8, all
 * as floats. PyTorch opens the files with {@code safetensors.torch.load_file}. A file from a
 * stranger can do no harm: every number in it is checked against the size of the file before it is
 * used.
 *
 * <p>Source: the format of the safetensors library, version 0.4 and later.
 */
public final class Safetensors {

  /** The longest header that is read, as in the library that defines the format. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int CHUNK = 1 << 16;
  private static final JsonFactory JSON = new JsonFactory();

  private Safetensors() {}

  /**
   * What a file holds.
   *
   * @param tensors in the order of the file's header, names all different
   * @param metadata texts by key, sorted
   */
  public record Content(List<NamedTensor> tensors, Map<String, String> metadata) {
    public Content {
      tensors = List.copyOf(tensors);
      metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
      Set<String> names = new HashSet<>();
      for (NamedTensor tensor : tensors) {
        if (!names.add(tensor.name())) {
          throw new IllegalArgumentException("Two tensors are named " + tensor.name() + ".");
        }
      }
    }
  }

  /**
   * Writes a file, whole or not at all (see {@link AtomicFile}).
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(Path file, List<NamedTensor> tensors, Map<String, String> metadata) {
    Content content = new Content(tensors, metadata);
    AtomicFile.write(file, out -> write(out, content));
  }

  /**
   * Reads a file.
   *
   * @throws DataException if it is missing, cut short, damaged, hostile, or holds numbers of
   *     another kind
   * @throws UncheckedIOException if reading fails
   */
  public static Content read(Path file) {
    InputFile.require(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
      return read(in, Files.size(file), file.getFileName().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Reads a stream of that many bytes from its first to its last. */
  static Content read(InputStream in, long size, String source) throws IOException {
    if (size < 8) {
      throw SafetensorsHeader.damaged("at least 8 bytes in " + source, size + "", null);
    }
    long headerBytes = little(in.readNBytes(8), source, 8).getLong();
    if (headerBytes < 0 || headerBytes > LONGEST_HEADER || headerBytes > size - 8) {
      throw SafetensorsHeader.damaged(
          "a header of at most " + Math.min(LONGEST_HEADER, size - 8) + " bytes in " + source,
          "a length of " + Long.toUnsignedString(headerBytes),
          null);
    }
    byte[] json = in.readNBytes((int) headerBytes);
    SafetensorsHeader header = SafetensorsHeader.parse(json, size - 8 - headerBytes, source);
    Map<String, NamedTensor> tensors = new HashMap<>();
    for (SafetensorsHeader.Entry entry : header.inFileOrder()) {
      float[] values = values(entry, in, source);
      Dtype dtype = entry.dtype() == Dtype.I8 ? Dtype.I8 : Dtype.F32;
      tensors.put(entry.name(), new NamedTensor(entry.name(), dtype, entry.shape(), values));
    }
    return new Content(
        header.tensors().stream().map(entry -> tensors.get(entry.name())).toList(),
        header.metadata());
  }

  private static float[] values(SafetensorsHeader.Entry entry, InputStream in, String source)
      throws IOException {
    float[] values = new float[entry.size()];
    int perChunk = CHUNK / entry.dtype().bytes;
    for (int start = 0; start < values.length; start += perChunk) {
      int count = Math.min(perChunk, values.length - start);
      int bytes = count * entry.dtype().bytes;
      ByteBuffer chunk = little(in.readNBytes(bytes), source, bytes);
      for (int i = start; i < start + count; i++) {
        double value = entry.dtype().next(chunk);
        if (!entry.dtype().fits(value)) {
          throw new DataException(
              "numbers that fit 32-bit floats in tensor '" + entry.name() + "' of " + source,
              entry.dtype() + " " + value + " at index " + i,
              "the tensor holds counts or hashes rather than weights, or the training diverged",
              "leave this tensor out of the file, or scale it");
        }
        values[i] = (float) value;
      }
    }
    return values;
  }

  private static ByteBuffer little(byte[] bytes, String source, int expected) {
    if (bytes.length != expected) {
      throw SafetensorsHeader.damaged(
          expected + " more bytes in " + source, bytes.length + " before its end", null);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes the bytes of a file; the same content gives the same bytes. */
  static void write(OutputStream out, Content content) throws IOException {
    byte[] header = header(content);
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    out.write(chunk.putLong(header.length).array(), 0, 8);
    out.write(header);
    chunk.clear();
    for (NamedTensor tensor : content.tensors()) {
      for (float value : tensor.values()) {
        if (chunk.remaining() < tensor.dtype().bytes) {
          out.write(chunk.array(), 0, chunk.position());
          chunk.clear();
        }
        tensor.dtype().put(value, chunk);
      }
    }
    out.write(chunk.array(), 0, chunk.position());
  }

  /** The JSON, filled up with spaces so that the numbers begin at a multiple of 8 bytes. */
  private static byte[] header(Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      if (!content.metadata().isEmpty()) {
        json.writeObjectPropertyStart("__metadata__");
        content.metadata().forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      long begin = 0;
      for (NamedTensor tensor : content.tensors()) {
        long end = begin + (long) tensor.dtype().bytes * tensor.values().length;
        json.writeObjectPropertyStart(tensor.name());
        json.writeStringProperty("dtype", tensor.dtype().name());
        json.writeName("shape");
        json.writeArray(tensor.shape(), 0, tensor.shape().length);
        json.writeName("data_offsets");
        json.writeArray(new long[] {begin, end}, 0, 2);
        json.writeEndObject();
        begin = end;
      }
      json.writeEndObject();
    }
    byte[] text = bytes.toByteArray();
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }
}

package dev.elman.checkpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.elman.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  private static final String F32_2 = "{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":";

  @TempDir Path folder;

  private static NamedTensor tensor(String name, int... shape) {
    float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i + name.length());
    }
    return new NamedTensor(name, shape, values);
  }

  private static byte[] bytes(Safetensors.Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, content);
    return out.toByteArray();
  }

  private static byte[] file(String header, byte... data) {
    byte[] json = header.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .put(data)
        .array();
  }

  private static Safetensors.Content read(byte[] file) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(file), file.length, "w.safetensors");
  }

  private static void refuses(byte[] file, String... parts) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("w.safetensors")
        .hasMessageMatching("(?s)Expected .+, found .+\nLikely cause: .+\nCure: .+");
  }

  @Test
  void whatIsWrittenIsRead() {
    Path file = folder.resolve("weights.safetensors");
    List<NamedTensor> tensors =
        List.of(
            tensor("rnn.weight_ih_l0", 12, 5),
            tensor("rnn.bias", 7),
            tensor("scalar"),
            tensor("none", 3, 0),
            tensor("long", 40_001),
            new NamedTensor(
                "odd \"näme\"",
                new int[] {3},
                new float[] {Float.NaN, Float.NEGATIVE_INFINITY, -0f}));
    Map<String, String> metadata = Map.of("format", "pt", "note", "a \"b\"\nü");
    Safetensors.write(file, tensors, metadata);
    Safetensors.Content content = Safetensors.read(file);
    assertThat(content.metadata()).isEqualTo(metadata);
    assertThat(content.tensors()).hasSameSizeAs(tensors);
    for (int i = 0; i < tensors.size(); i++) {
      assertThat(content.tensors().get(i).name()).isEqualTo(tensors.get(i).name());
      assertThat(content.tensors().get(i).shape()).isEqualTo(tensors.get(i).shape());
      assertThat(content.tensors().get(i).values()).isEqualTo(tensors.get(i).values());
    }
    assertThat(folder.toFile().list()).containsExactly("weights.safetensors");
  }

  @Test
  void theBytesAreThoseOfTheFormat() throws IOException {
    byte[] file =
        bytes(
            new Safetensors.Content(
                List.of(new NamedTensor("a", new int[] {2}, new float[] {1, -2})),
                Map.of("k", "v", "b", "cc")));
    String header =
        "{\"__metadata__\":{\"b\":\"cc\",\"k\":\"v\"},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    int padded = (header.length() + 7) / 8 * 8;
    assertThat(new String(file, 8, padded, UTF_8))
        .isEqualTo(header + " ".repeat(padded - header.length()));
    assertThat(file[0]).isEqualTo((byte) padded);
    assertThat(Arrays.copyOfRange(file, 8 + padded, file.length))
        .containsExactly(0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0);
  }

  @Test
  void aFileWithoutTensorsIsOne() throws IOException {
    assertThat(read(bytes(new Safetensors.Content(List.of(), Map.of()))).tensors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "F64, 000000000000F8BF, -1.5",
    "F32, 0000C0BF, -1.5",
    "F16, 00BE, -1.5",
    "F16, 0100, 5.9604645E-8",
    "F16, 007C, Infinity",
    "F16, FF7B, 65504",
    "F16, 0080, -0.0",
    "BF16, C0BF, -1.5",
    "I64, FEFFFFFFFFFFFFFF, -2",
    "I32, 00000001, 16777216",
    "I8, 80, -128",
  })
  void otherKindsOfNumbersAreReadAsFloats(String dtype, String hex, float value)
      throws IOException {
    byte[] data = HexFormat.of().parseHex(hex);
    String entry = "{\"x\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,%d]}}";
    NamedTensor tensor = read(file(entry.formatted(dtype, data.length), data)).tensors().get(0);
    assertThat(tensor.values()).containsExactly(value);
  }

  @ParameterizedTest
  @CsvSource({"I64, 0100000100000000", "I32, 01000001", "F64, 9C7500883CE4377E"})
  void numbersThatDoNotFitAFloatAreRefused(String dtype, String hex) {
    byte[] data = HexFormat.of().parseHex(hex);
    String entry = "{\"x\":{\"dtype\":\"%s\",\"shape\":[1],\"data_offsets\":[0,%d]}}";
    refuses(
        file(entry.formatted(dtype, data.length), data),
        "numbers that fit 32-bit floats in tensor 'x'",
        "at index 0",
        "counts or hashes rather than weights");
  }

  @Test
  void theHeaderLengthIsNotBelieved() {
    refuses(new byte[7], "at least 8 bytes", "found 7");
    refuses(new byte[8], "a header that starts with {");
    refuses(length(9, 8), "a header of at most 8 bytes", "found a length of 9");
    refuses(length(-1, 8), "found a length of 18446744073709551615");
    refuses(length(Long.MAX_VALUE, 100), "found a length of 9223372036854775807");
    assertThatThrownBy(
            () ->
                Safetensors.read(
                    new ByteArrayInputStream(length(200_000_000, 0)), 1L << 40, "w.safetensors"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("a header of at most 100000000 bytes")
        .hasMessageContaining("found a length of 200000000")
        .hasMessageContaining("cut short or changed, or is no safetensors file");
  }

  private static byte[] length(long length, int rest) {
    return ByteBuffer.allocate(8 + rest).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{}}",
        "[]",
        "{\"a\":1}",
        "{\"a\":null}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":1,\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":[]}",
        "{\"__metadata__\":{\"a\":1}}",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
      })
  void aMalformedHeaderIsRefused(String header) {
    refuses(file(header, new byte[8]), "no safetensors file", "save it again");
  }

  @Test
  void deepNestingIsRefused() {
    refuses(file("{\"a\":{\"x\":" + "[".repeat(100_000), new byte[8]), "a JSON header");
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() {
    byte[] file = file("{\"aa\":1}");
    file[10] = (byte) 0xFF;
    refuses(file, "UTF-8 text");
  }

  @Test
  void tensorsMustFillTheData() {
    refuses(
        file("{\"a\":" + F32_2 + "[0,8]},\"b\":" + F32_2 + "[4,12]}}", new byte[12]),
        "tensor 'b'",
        "to begin at byte 8, found byte 4: it overlaps the tensor before it");
    refuses(
        file("{\"a\":" + F32_2 + "[0,8]},\"b\":" + F32_2 + "[12,20]}}", new byte[20]),
        "found byte 12: there is a hole before it");
    refuses(file("{\"a\":" + F32_2 + "[4,12]}}", new byte[12]), "begin at byte 0, found byte 4");
    refuses(
        file("{\"a\":" + F32_2 + "[0,8]}}", new byte[7]),
        "tensor 'a' of w.safetensors within 7 bytes of data, found an end at byte 8");
    refuses(
        file("{\"a\":" + F32_2 + "[0,8]}}", new byte[9]),
        "8 bytes of data in w.safetensors, as its tensors say, found 9");
    refuses(file("{\"a\":" + F32_2 + "[8,0]}}", new byte[8]), "found bytes 8 to 0");
    refuses(
        file("{\"a\":" + F32_2 + "[0,12]}}", new byte[12]),
        "8 bytes for F32 [2] 'a' in w.safetensors, found bytes 0 to 12");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "65536,65536",
        "2147483648",
        "2147483647,2147483647,4",
        "2147483647,2147483647,0",
        "9223372036854775807,2"
      })
  void hugeShapesAreRefused(String shape) {
    refuses(
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + shape + "],\"data_offsets\":[0,0]}}"),
        "fewer than 2^31 values in tensor 'a'",
        "found the shape [" + shape.replace(",", ", ") + "]");
  }

  @Test
  void aLargeShapeOverASmallFileAllocatesNothing() {
    refuses(
        file(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2000000000],\"data_offsets\":[0,8000000000]}}",
            new byte[8]),
        "within 8 bytes of data, found an end at byte 8000000000");
  }

  @Test
  void tooManyTensorsAreRefused() {
    StringBuilder header = new StringBuilder("{");
    for (int i = 0; i <= SafetensorsHeader.MOST_TENSORS; i++) {
      header.append(i == 0 ? "\"" : ",\"").append(i);
      header.append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
    }
    refuses(file(header + "}"), "at most 100000 tensors", "found more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a", "/etc/passwd", "a/../../b", "C:\\\\a", "a\\u0000b", "\\u001b[2J"})
  void namesThatArePathsAreRefused(String name) {
    refuses(
        file("{\"" + name + "\":" + F32_2 + "[0,8]}}", new byte[8]),
        "tensor names that differ and are no paths",
        "made to do harm",
        "do not use this file");
  }

  @Test
  void equalNamesAreRefused() {
    refuses(
        file("{\"a\":" + F32_2 + "[0,8]},\"a\":" + F32_2 + "[8,16]}}", new byte[16]), "Duplicate");
    assertThatThrownBy(
            () -> new Safetensors.Content(List.of(tensor("a", 1), tensor("a", 2)), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Two tensors are named a.");
  }

  @Test
  void anUnknownDtypeIsNamed() {
    refuses(
        file("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[2],\"data_offsets\":[0,2]}}", new byte[2]),
        "tensor 'a' of w.safetensors as F32, F64, F16, BF16, I64, I32 or I8, found 'F8_E4M3'",
        "quantized",
        "tensor.float()");
  }

  @Test
  void tensorsThatCannotBeWrittenAreRefused() {
    float[] six = new float[6];
    assertThatThrownBy(() -> new NamedTensor("w", new int[] {2, 4}, six))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("w: expected 8 values for the shape [2, 4], got 6.");
    assertThatThrownBy(() -> new NamedTensor("../w", new int[] {6}, six))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Tensor name:");
    assertThatThrownBy(() -> new NamedTensor("w", new int[] {-2, -3}, six))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sizes of at least 0");
  }

  @Test
  void aMissingFileIsToldItsNearestNeighbour() throws IOException {
    Files.writeString(folder.resolve("weights.safetensors"), "x");
    assertThatThrownBy(() -> Safetensors.read(folder.resolve("weigths.safetensors")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("did you mean 'weights.safetensors'");
  }

  /** 4,000 damaged files: each is refused cleanly or read; none exhausts memory or hangs. */
  @Test
  void damageIsRefusedOrHarmless() throws IOException {
    byte[] valid =
        bytes(
            new Safetensors.Content(
                List.of(tensor("rnn.weight_ih_l0", 4, 3), tensor("rnn.bias_ih_l0", 5)),
                Map.of("elman", "{\"step\":12}")));
    Random random = new Random(7);
    int[] refused = new int[1];
    Assertions.assertTimeout(
        Duration.ofSeconds(60),
        () -> {
          for (int i = 0; i < 4000; i++) {
            byte[] damaged = damaged(valid, random);
            try {
              read(damaged);
            } catch (DataException e) {
              refused[0]++;
            } catch (RuntimeException | Error e) {
              fail("Damage " + i + " of " + new String(damaged, UTF_8), e);
            }
          }
        });
    assertThat(refused[0]).isBetween(2000, 3999);
  }

  private static byte[] damaged(byte[] valid, Random random) {
    byte[] bytes = valid.clone();
    switch (random.nextInt(4)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(valid.length));
      case 1 -> bytes = Arrays.copyOf(bytes, valid.length + 1 + random.nextInt(9));
      case 2 -> bytes[random.nextInt(valid.length - 68)] ^= (byte) (1 << random.nextInt(8));
      default -> {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(valid.length)] = (byte) random.nextInt(256);
        }
      }
    }
    return bytes;
  }
}

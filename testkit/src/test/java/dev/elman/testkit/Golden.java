package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elman.checkpoints.NamedTensor;
import dev.elman.checkpoints.Safetensors;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;

/** A golden file: what PyTorch computed; see src/test/golden/README.md. */
final class Golden {
  private final String name;
  private final Map<String, NamedTensor> tensors = new HashMap<>();
  private final Map<String, String> metadata;

  Golden(String name) {
    this.name = name;
    Path file =
        new File(Golden.class.getResource("/golden/" + name + ".safetensors").getFile()).toPath();
    Safetensors.Content content = Safetensors.read(file);
    content.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
    metadata = content.metadata();
  }

  boolean has(String tensor) {
    return tensors.containsKey(tensor);
  }

  float[] values(String tensor) {
    return tensors.get(tensor).values();
  }

  int[] shape(String tensor) {
    return tensors.get(tensor).shape();
  }

  int[] codes(String tensor) {
    float[] values = values(tensor);
    int[] codes = new int[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (int) values[i];
    }
    return codes;
  }

  double setting(String key) {
    return Double.parseDouble(metadata.get(key));
  }

  /** Several numbers, written as {@code (0.9, 0.999)}. */
  double[] settings(String key) {
    String[] numbers = metadata.get(key).replaceAll("[()]", "").split(",");
    return Arrays.stream(numbers).mapToDouble(Double::parseDouble).toArray();
  }

  /** Row i of a tensor's first dimension. */
  float[] row(String tensor, int i) {
    int width = values(tensor).length / shape(tensor)[0];
    return Arrays.copyOfRange(values(tensor), i * width, (i + 1) * width);
  }

  /** Within an absolute tolerance, all of the tensor. */
  void requireOutput(String tensor, float[] found, double tolerance) {
    require(values(tensor), tensor, found, tolerance);
  }

  /** Within a tolerance relative to the tensor's largest number. */
  void requireGradient(String tensor, float[] found, double relative) {
    double largest = 0;
    for (float value : values(tensor)) {
      largest = Math.max(largest, Math.abs(value));
    }
    require(values(tensor), tensor, found, relative * largest);
  }

  void require(float[] expected, String what, float[] found, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) found[i])
          .as("%s, %s, number %d", name, what, i)
          .isCloseTo(expected[i], Offset.offset(tolerance));
    }
  }
}

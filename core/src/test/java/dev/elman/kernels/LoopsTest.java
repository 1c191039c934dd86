package dev.elman.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.elman.tensor.Int8Rows;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That it does not matter when the vector loops are compiled. */
class LoopsTest {

  private final Kernels vector = new VectorKernels(Runnable::run);
  private final Kernels plain = new VectorKernels(never -> {});

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "1, 64, 3",
    "1, 5, 4",
    "1, 33, 8",
    "1, 9, 9",
    "1, 256, 16",
    "1, 7, 17",
    "1, 13, 24",
    "1, 40, 25",
    "1, 300, 59",
    "1, 65, 95",
    "1, 17, 256",
    "2, 31, 13",
    "3, 12, 20",
    "4, 64, 31",
    "5, 3, 5",
    "6, 21, 64",
    "7, 600, 33",
    "9, 18, 12",
    "13, 64, 39",
    "19, 1, 40",
    "23, 0, 41"
  })
  void productsAreTheSameBits(int m, int k, int n) {
    same(
        (kernels, c) -> {
          Panels panels = new Panels();
          kernels.pack(c, 5, n, k, n, panels);
          float[] a = numbers(3 + m * (k + 2), k);
          kernels.addProduct(m, a, 3, k + 2, panels, c, 1, n + 3);
          kernels.productPlusRow(m, a, 3, k + 2, panels, c, 2, c, 3 + m * (n + 3), n + 1);
          kernels.product(m, a, 3, k + 2, panels, c, 3 + 2 * m * (n + 3), n + 1);
        },
        5 + Math.max(k * n, 3 * m * (n + 3)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 40, 64, 65, 139, 261})
  void productsWithInt8AreTheSameBits(int n) {
    Int8Rows w = Int8ProductTest.rounded(n, 37);
    same((kernels, c) -> kernels.int8Row(37, n, c, n + 1, kernels.packInt8(w), c, 1), n + 50);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 13, 16, 17, 31, 32, 64, 65, 207, 702})
  void rowsAreTheSameBits(int n) {
    same((kernels, c) -> kernels.sigmoid(c, 1, c, n + 2, n), 2 * n + 3);
    same((kernels, c) -> kernels.tanh(c, 1, c, 1, n), n + 3);
    same((kernels, c) -> kernels.exp(c, n + 2, c, 1, n), 2 * n + 3);
    same((kernels, c) -> kernels.softmax(3, n, c, 2, c, 2), 3 * n + 3);
    same((kernels, c) -> kernels.softmax(3, n, c, 1, c, 1, c, 3 * n + 1), 3 * n + 5);
    same((kernels, c) -> kernels.addRow(3, n, c, 1, c, n + 2, n + 1), 5 * n + 5);
    same((kernels, c) -> kernels.setRow(3, n, c, 1, c, n + 2, n + 1), 5 * n + 5);
    same((kernels, c) -> kernels.addColumnSums(4, n, c, 1, n + 2, c, 5 * n + 9), 6 * n + 10);
    same((kernels, c) -> kernels.axpy(0.3f, c, 1, c, n + 2, n), 2 * n + 3);
    same((kernels, c) -> kernels.scale(0.3f, c, 1, c, n + 2, n), 2 * n + 3);
    same((kernels, c) -> kernels.multiply(c, 1, c, n + 2, c, 1, n), 2 * n + 3);
    same((kernels, c) -> kernels.tanhBackward(c, 1, c, n + 2, n), 2 * n + 3);
    same((kernels, c) -> kernels.scale(0.3f, c, 1, c, 1, n), n + 3);
    same((kernels, c) -> c[0] = (float) kernels.sum(c, 1, n), n + 3);
    same((kernels, c) -> c[0] = (float) kernels.sumOfSquares(c, 1, n), n + 3);
  }

  @Test
  void activationsAreTheSameBitsForFloatsOfEverySize() {
    int n = (1 << 20) + 5;
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = Float.intBitsToFloat(4099 * i);
    }
    compare((kernels, c) -> kernels.sigmoid(c, 0, c, 0, n), x);
    compare((kernels, c) -> kernels.tanh(c, 0, c, 0, n), x);
    compare((kernels, c) -> kernels.exp(c, 0, c, 0, n), x);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 13, 16, 17, 31, 32, 64, 65, 207, 702})
  void gatesAreTheSameBits(int h) {
    same((kernels, c) -> kernels.lstmState(1, h, c, 1, c, 4 * h + 2, c, 5 * h + 3), 6 * h + 5);
    same((kernels, c) -> kernels.gruCandidate(1, h, c, 1, c, 3 * h + 2), 4 * h + 3);
    same((kernels, c) -> kernels.gruState(1, h, c, 1, c, 3 * h + 2, c, 4 * h + 3), 5 * h + 5);
  }

  @Test
  void plainLoopsDoUntilTheOthersAreCompiled() {
    Queue<Runnable> waiting = new ArrayDeque<>();
    Loops loops = new Loops(() -> {}, waiting::add);
    assertThat(loops.areCompiled()).isFalse();
    assertThat(loops.areCompiled()).isFalse();
    assertThat(waiting).hasSize(1);
    waiting.remove().run();
    assertThat(loops.areCompiled()).isTrue();
    assertThat(waiting).isEmpty();
  }

  @Test
  void whoWaitsForThemFindsThemCompiled() {
    int[] compiled = {0};
    Loops loops = new Loops(() -> compiled[0]++, never -> {});
    assertThat(loops.areCompiled()).isFalse();
    loops.compile();
    assertThat(loops.areCompiled()).isTrue();
    loops.compile();
    assertThat(compiled).containsExactly(1);
  }

  @Test
  void onlyWhatIsUsedIsCompiled() {
    List<Runnable> asked = new ArrayList<>();
    Kernels kernels = new VectorKernels(asked::add);
    kernels.lstmState(1, 1, new float[4], 0, new float[1], 0, new float[1], 0);
    assertThat(asked).hasSize(1);
  }

  /** Ordinary numbers, then ones where rounding, limits, infinities and NaN show. */
  private void same(BiConsumer<Kernels, float[]> use, int size) {
    float[] ordinary = numbers(size, size);
    compare(use, ordinary);
    float[] extreme = ordinary.clone();
    float[] some = {
      Float.POSITIVE_INFINITY, Float.NaN, -0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 1e30f, -95
    };
    for (int i = 0; i < size; i++) {
      extreme[i] = i % 5 == 2 ? some[i / 5 % some.length] : 30 * ordinary[i];
    }
    compare(use, extreme);
  }

  private void compare(BiConsumer<Kernels, float[]> use, float[] numbers) {
    float[] vectors = numbers.clone();
    use.accept(vector, vectors);
    float[] plains = numbers.clone();
    use.accept(plain, plains);
    int differs = Arrays.mismatch(plains, vectors); // all NaN are one
    if (differs >= 0) {
      fail("element %d: plain %s, vector %s", differs, plains[differs], vectors[differs]);
    }
  }

  private static float[] numbers(int size, long seed) {
    return Reference.numbers(size, seed);
  }
}

package dev.elman.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The floors of texts that everybody uses, as the documentation quotes them. */
final class PublishedTextFloorsTest {
  private static final Offset<Double> AS_PRINTED = within(0.0006);

  /** A text in codes, and where its validation part begins. */
  private record Coded(int[] codes, int split, int vocabulary) {
    /** One more code than the training part has symbols, for those it lacks. */
    static Coded of(Path file, int split) {
      int[] points = PublishedData.text(file).codePoints().toArray();
      int at = split > 0 ? split : points.length / 10 * 9;
      int[] known = Arrays.stream(points, 0, at).sorted().distinct().toArray();
      for (int i = 0; i < points.length; i++) {
        int place = Arrays.binarySearch(known, points[i]);
        points[i] = place < 0 ? known.length : place;
      }
      return new Coded(points, at, known.length + 1);
    }

    NgramModel train(int vocabulary) {
      return NgramModel.train(Arrays.copyOf(codes, split), 7, vocabulary);
    }

    int[] held() {
      return Arrays.copyOfRange(codes, split, codes.length);
    }
  }

  @Test
  void tinyShakespeare() {
    Coded text = Coded.of(PublishedData.file("tinyshakespeare/input.txt"), 1_003_854);
    NgramModel model = text.train(65);
    int[] held = text.held();
    assertThat(held).hasSize(111_540);

    assertThat(Arrays.copyOfRange(model.natsByOrder(held, 0, held.length), 1, 7))
        .containsExactly(new double[] {2.486, 2.049, 1.774, 1.669, 1.698, 1.779}, AS_PRINTED);

    double[] everySeventh = {2.494, 2.058, 1.771, 1.669, 1.709, 1.768};
    for (int order = 2; order <= 7; order++) { // measured elsewhere, from symbol n, every seventh
      NgramModel ofOrder = model.withOrder(order);
      double sum = 0;
      int count = 0;
      for (int i = order; i < held.length; i += 7) {
        sum -= Math.log(ofOrder.probability(held, i));
        count++;
      }
      assertThat(sum / count).isEqualTo(everySeventh[order - 2], AS_PRINTED);
    }
  }

  @Test
  void mobyDick() {
    Coded text = Coded.of(PublishedData.example("moby-dick.txt"), 0);
    OrderChoice choice = OrderChoice.of(text.train(text.vocabulary()), 2, text.held());

    assertThat(choice.best().order()).isEqualTo(5);
    assertThat(choice.best().nats()).isEqualTo(1.547, AS_PRINTED);
  }
}

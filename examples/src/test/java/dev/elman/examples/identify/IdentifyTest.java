package dev.elman.examples.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.elman.examples.TextStage;
import dev.elman.tensor.RandomStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class IdentifyTest {
  private static TextStage run(String options) {
    TextStage stage = new TextStage();
    TextStage.run(new Identify(), stage, options);
    return stage;
  }

  @Test
  void learnsHowARoomAnswersToValveAndWindow() {
    Identify identify = new Identify();
    String small = "--record 3000 --horizon 32 --epochs 15 --test 10";
    new CommandLine(identify).parseArgs(small.split(" "));
    RollOuts rollOuts = identify.rollOuts(new TextStage());
    double[] errors = rollOuts.errors(31);
    assertThat(rollOuts.names()).containsExactly("gru", "linear", "last value");
    assertThat(errors[0]).isLessThan(errors[1]).isLessThan(errors[2] / 2);
  }

  @Test
  void showsErrorsByHorizonBesideFloors() {
    assertThat(
            run("--record 1200 --horizon 9 --epochs 1 --test 2 --hidden 5 --system cart-pole")
                .text())
        .contains("cart-pole: 1,200 steps of 50 ms in the record; the linear model reads the last ")
        .contains("steps ahead gru linear last value")
        .containsPattern("(?m)^1 \\d\\.\\d{3} \\d\\.\\d{3} \\d\\.\\d{3}$")
        .containsPattern("(?m)^9 \\d\\.\\d{3} \\d\\.\\d{3} \\d\\.\\d{3}$");
  }

  @Test
  void aLawThatChangesWithTimeIsLearnedWithTheStepNumberToo() {
    assertThat(run("--record 2000 --epochs 1 --test 2 --hidden 5 --system room-by-day").text())
        .contains("steps ahead gru gru+time=4 linear last value");
  }

  @Test
  void whatCannotBeIsToldWithItsCure() {
    assertThatThrownBy(() -> run("--system moon"))
        .hasMessage(
            "--system: expected one of room, room-by-day, cart-pole, got moon.\n"
                + "Cure: name one of them.");
    assertThatThrownBy(() -> run("--record 100"))
        .hasMessage(
            "record: expected at least 1152 steps, 8 times those of a warm-up and a roll-out, got"
                + " 100.\nCure: a longer --record or a shorter --horizon.");
  }

  @Test
  void anUnheatedRoomBecomesAsColdAsOutside() {
    RandomStream random = RandomStream.of(1, "test");
    HeatedRoom room = new HeatedRoom(0);
    Experiment cold = Experiment.run(room, room.start(random), 0, new float[6000][2], random);
    assertThat(cold.truth()[6000][0]).isCloseTo(5, offset(0.1));
  }

  /** A free pole of small swings has the period of its equation, and slowly comes to rest. */
  @Test
  void aCartThatNobodyPushesComesToRest() {
    RandomStream random = RandomStream.of(1, "test");
    CartPole cart = new CartPole();
    Experiment free =
        Experiment.run(cart, new double[] {0.3, 0, 1, 0}, 0, new float[2000][1], random);
    assertThat(free.truth()[2000]).containsExactly(new double[] {0, 0, 1}, offset(1e-3));
    assertThat(free.observed()[2000][0]).isNotEqualTo((float) free.truth()[2000][0]);
  }

  @Test
  void leastSquaresFindALinearSystem() {
    int steps = 200;
    RandomStream random = RandomStream.of(1, "test");
    float[][] actions = new float[steps][1];
    float[][] observed = new float[steps + 1][1];
    for (int t = 0; t < steps; t++) {
      actions[t][0] = random.uniform(-1, 1);
      float before = t == 0 ? 0 : observed[t - 1][0];
      observed[t + 1][0] = 1.2f * observed[t][0] - 0.5f * before + 0.7f * actions[t][0] + 0.1f;
    }
    Experiment record = new Experiment(actions, observed, new double[0][], new double[0]);
    float[][] ahead = LinearModel.fit(2, record, 0, 150).rollOut(observed, actions, 160, 30);
    for (int h = 0; h < 30; h++) {
      assertThat(ahead[h][0]).isCloseTo(observed[161 + h][0], offset(1e-3f));
    }
  }
}

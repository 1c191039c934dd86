package dev.elman.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.elman.kernels.Kernels;
import dev.elman.sessions.Session;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step of a session allocates nothing, once the JIT has compiled it. */
class SessionAllocationTest {
  private static final int STEPS = 500;

  /**
   * Tried in three JVMs at most: in one of many, what the JIT makes of a loop boxes its vectors.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lstm", "gru", "rnn", "rnn-relu"})
  void aStepAllocatesNothing(String cell) throws IOException {
    long least = least(cell);
    for (int jvm = 0; least > 0 && jvm < 2; jvm++) {
      least = inAFreshJvm(cell);
    }
    assertThat(least).as("bytes for " + STEPS + " steps").isZero();
  }

  private static long inAFreshJvm(String cell) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    String path = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", path, SessionAllocationTest.class.getName(), cell));
    Process process = new ProcessBuilder(command).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Long.parseLong(printed.strip());
  }

  public static void main(String[] arguments) {
    System.out.println(least(arguments[0]));
  }

  private static long least(String cell) {
    Kernels.get().compile();
    Session session = Session.of(SessionContractTest.model(cell, 2));
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE; // on a busy machine the JIT takes its time
    for (int round = 0; round < 60 && least > 0; round++) {
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < STEPS; i++) {
        session.step(i % 11);
      }
      least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}

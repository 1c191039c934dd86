package dev.elman.kernels;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Some vector loops, which the first call that could use them has compiled ({@link WarmUp}). Until
 * they are, plain loops compute the same bits, so that a program that has little to do need not
 * wait for them.
 */
final class Loops {
  /**
   * What is done so soon is done before the JIT has compiled what else it needs: compiling vector
   * loops beside it would only hold it up.
   */
  private static final long HEAD_START_NANOS = 500_000_000;

  /** A daemon thread, for one group of loops after the other. */
  static final Executor IN_BACKGROUND = background();

  private final Runnable compile;
  private final Executor where;
  private boolean asked;
  private volatile boolean compiled;

  /**
   * Loops not asked for yet.
   *
   * @param compile has them compiled, once, and returns when they are: a static initialiser
   * @param where runs it
   */
  Loops(Runnable compile, Executor where) {
    this.compile = compile;
    this.where = where;
  }

  /** Whether they may be used; has them compiled when first asked. */
  boolean areCompiled() {
    return compiled || ask();
  }

  /** The same, without having them compiled. */
  boolean areCompiledAlready() {
    return compiled;
  }

  /** Returns when they are. */
  void compile() {
    if (!compiled) {
      compile.run();
      compiled = true;
    }
  }

  private synchronized boolean ask() {
    if (!asked) {
      asked = true;
      where.execute(this::compile);
    }
    return compiled;
  }

  private static Executor background() {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, "elman-warm-up");
              daemon.setDaemon(true);
              return daemon;
            });
    thread.execute(() -> LockSupport.parkNanos(HEAD_START_NANOS));
    return thread;
  }
}

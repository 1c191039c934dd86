package dev.elman.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/** How long the JVM's own threads have worked: the JIT's, above all, and the collector's. */
final class JvmThreads {
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final ThreadMXBean JAVA = ManagementFactory.getThreadMXBean();

  private JvmThreads() {}

  /**
   * Seconds of a core so far: what the process took, without the threads that run Java; exact to
   * some 0.01.
   */
  static double seconds() {
    long java =
        Arrays.stream(JAVA.getAllThreadIds())
            .map(JAVA::getThreadCpuTime)
            .filter(nanoseconds -> nanoseconds > 0)
            .sum();
    return (PROCESS.getProcessCpuTime() - java) * 1e-9;
  }
}

package dev.elman.bench;

import java.util.*;

final class Tmp {
  public static void main(String[] a) {
    Bench.run(
        BenchShape.read(java.nio.file.Path.of(a[0])),
        List.of(Bench.Mode.INFER, Bench.Mode.TRAIN),
        Integer.parseInt(a[1]),
        System.out::println);
  }
}

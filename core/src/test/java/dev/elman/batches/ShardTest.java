package dev.elman.batches;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShardTest {
  @Test
  void sixteenSequencesOrSoAreAShard() {
    assertThat(Shard.count(7, 10_000, 64)).isEqualTo(1);
    assertThat(Shard.count(8, 10_000, 64)).isEqualTo(2);
    assertThat(Shard.count(100, 10_000, 64)).isEqualTo(6);
    assertThat(Shard.count(1000, 10_000, 64)).isEqualTo(16);
  }

  @Test
  void aWideModelReadsItsWeightsForAsManyAsThereAre() {
    assertThat(Shard.count(31, 100_000, 255)).isEqualTo(2);
    assertThat(Shard.count(31, 100_000, 8, 256)).isEqualTo(1);
    assertThat(Shard.count(32, 100_000, 256)).isEqualTo(2);
  }

  @Test
  void gradientsThatAreLargeAreWrittenForManyTokens() {
    assertThat(Shard.count(100, 500, 95)).isEqualTo(6);
    assertThat(Shard.count(100, 500, 96)).isEqualTo(2);
    assertThat(Shard.count(100, 1600, 96)).isEqualTo(3);
    assertThat(Shard.count(16, 100, 96)).isEqualTo(2);
    assertThat(Shard.count(16, 100, 256)).isEqualTo(1);
    assertThat(Shard.count(100, 100_000, 96)).isEqualTo(6);
  }

  @Test
  void shardsMakeUpTheBatch() {
    int sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += new Shard(i, 6).sequences(100);
    }
    assertThat(sum).isEqualTo(100);
  }
}

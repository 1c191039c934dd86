package dev.elman;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Holds the packages of core to the order in which data walks through them. */
final class RoomsTest {

  /** A room knows the rooms before it and none after it. */
  static final List<String> ROOMS =
      List.of(
          "tensor",
          "kernels",
          "autodiff",
          "data",
          "encoding",
          "batches",
          "cells",
          "layers",
          "losses",
          "metrics",
          "models",
          "sessions",
          "optimizers",
          "training",
          "baselines",
          "generation",
          "tasks",
          "inspection");

  private static final JavaClasses CORE =
      new ClassFileImporter().importPath(Path.of("target/classes"));

  @Test
  void everyPackageIsARoomOfTheList() {
    assertThat(CORE)
        .extracting(JavaClass::getPackageName)
        .as("packages of core; a new room takes its place in RoomsTest.ROOMS and ARCHITECTURE.md")
        .isSubsetOf(ROOMS.stream().map(room -> "dev.elman." + room).toList());
  }

  @ParameterizedTest
  @FieldSource("ROOMS")
  void roomKnowsNoneOfTheRoomsAfterIt(String room) {
    var after = ROOMS.subList(ROOMS.indexOf(room) + 1, ROOMS.size());
    noClasses()
        .that()
        .resideInAPackage("dev.elman." + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            after.stream().map(later -> "dev.elman." + later).toArray(String[]::new))
        .because("data walks from room to room in one direction")
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void coreDependsOnTheJdkAlone() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("java..", "jdk.incubator.vector", "dev.elman.."))
        .because("what needs a library is a module of its own")
        .check(CORE);
  }

  @Test
  void onlyKernelsKnowTheVectorApi() {
    noClasses()
        .that(not(resideInAPackage("dev.elman.kernels")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector")
        .because("everything else must work, and look the same, without it")
        .check(CORE);
  }
}

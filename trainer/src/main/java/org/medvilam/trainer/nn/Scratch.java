package org.medvilam.trainer.nn;

import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory for the arrays of one training step or one answer, reused by the next. Arrays made inside
 * must not be used after the task has ended.
 */
public final class Scratch {
  private static final WorkspaceConfiguration CONFIGURATION =
      WorkspaceConfiguration.builder()
          .initialSize(0)
          .overallocationLimit(0.3)
          .policyAllocation(AllocationPolicy.OVERALLOCATE)
          .policyLearning(LearningPolicy.FIRST_LOOP)
          .policySpill(SpillPolicy.REALLOCATE)
          .build();

  private Scratch() {}

  /**
   * Runs a task whose arrays are all dropped at its end.
   *
   * @param name the name of the memory; tasks of like size share one
   * @param task the task; its result holds no array made inside
   */
  public static <T> T run(String name, Supplier<T> task) {
    try (MemoryWorkspace memory =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, name)) {
      T result = task.get();
      if (!memory.isScopeActive()) {
        throw new IllegalStateException("The memory " + name + " was closed by its own task");
      }
      return result;
    }
  }

  /** Runs a task outside of any such memory, for arrays that live on. */
  public static <T> T outside(Supplier<T> task) {
    MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces();
    try {
      return task.get();
    } finally {
      none.close();
    }
  }
}

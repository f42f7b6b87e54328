package org.medvilam.trainer;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.medvilam.trainer.onnx.OnnxRuntime;

/** A test that runs only where an engine finds a CUDA device, as the engine itself says. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnCuda.Condition.class)
@interface OnCuda {
  /** The engine. */
  Engine value();

  /** Asks the engine. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return AnnotationSupport.findAnnotation(context.getElement(), OnCuda.class)
          .map(found -> answer(found.value()))
          .orElse(ConditionEvaluationResult.enabled("needs no device"));
    }

    private static ConditionEvaluationResult answer(Engine engine) {
      if (engine == Engine.ONNX) {
        return OnnxRuntime.problemWithCuda()
            .map(ConditionEvaluationResult::disabled)
            .orElse(ConditionEvaluationResult.enabled("ONNX Runtime finds a CUDA device"));
      }
      try {
        return Device.nd4jOnCuda()
            ? ConditionEvaluationResult.enabled("ND4J finds a CUDA device")
            : ConditionEvaluationResult.disabled(
                "ND4J's library is the one for the CPU; -Dcuda builds with CUDA");
      } catch (LinkageError e) {
        return ConditionEvaluationResult.disabled("ND4J's library does not load here: " + e);
      }
    }
  }
}

/** Answers held to a written form while they are generated: which tokens may follow. */
package org.medvilam.trainer.grammar;

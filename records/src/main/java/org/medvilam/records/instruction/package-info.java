/**
 * Turns samples into instruction records: the wording of questions, the text of answers and back.
 *
 * <p>The wording itself lives in the templates module, as {@code instructions/*.yaml}.
 */
package org.medvilam.records.instruction;

/**
 * Finished runs in the forms of other systems: LLaVA, OFA, Qwen-VL, COCO and Croissant.
 *
 * <p>An export reads a run once, one medium's records in memory, and depends on nothing but the run
 * and its options. Records that a target cannot express are named, never bent.
 */
package org.medvilam.records.export;

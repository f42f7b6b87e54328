/**
 * Few-shot subsets whose training groups meet no test or validation group.
 *
 * <p>Every order is a hash of ids, so a subset depends on neither runner nor input order, and five
 * shots are the first five of twenty.
 */
package org.medvilam.fewshot;

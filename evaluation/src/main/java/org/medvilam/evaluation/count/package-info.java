/** What a run holds: counts and distributions, as text, JSON and a page. */
package org.medvilam.evaluation.count;

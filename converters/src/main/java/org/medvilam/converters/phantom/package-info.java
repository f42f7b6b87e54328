/** Drawn stand-ins for datasets: pictures whose findings are known because they were painted. */
package org.medvilam.converters.phantom;

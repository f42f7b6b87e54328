/** The pipelines put together: the {@code medvilam} command line. */
package org.medvilam.pipelines;

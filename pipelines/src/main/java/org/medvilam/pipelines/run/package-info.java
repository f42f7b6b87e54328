/** Running a conversion: checking, planning, a runner, live progress, a summary. */
package org.medvilam.pipelines.run;

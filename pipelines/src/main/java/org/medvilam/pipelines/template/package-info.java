/** Commands as Flex Templates of Google Dataflow: their parameters, and the class that starts. */
package org.medvilam.pipelines.template;

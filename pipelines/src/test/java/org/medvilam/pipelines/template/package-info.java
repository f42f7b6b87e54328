/**
 * Tests of Flex Templates without an account: what Dataflow would read, and what it would start.
 */
package org.medvilam.pipelines.template;

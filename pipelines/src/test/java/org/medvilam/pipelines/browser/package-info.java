/** A real browser for tests of pages. */
package org.medvilam.pipelines.browser;

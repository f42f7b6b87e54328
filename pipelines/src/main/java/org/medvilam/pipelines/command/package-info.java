/** The commands, one class each; they read options, call a module and print. */
package org.medvilam.pipelines.command;

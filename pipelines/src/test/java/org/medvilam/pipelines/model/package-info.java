/** Tests of models and their data as commands use them. */
package org.medvilam.pipelines.model;

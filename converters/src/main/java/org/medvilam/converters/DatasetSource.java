package org.medvilam.converters;

import org.medvilam.converters.item.SortedLines;
import org.medvilam.records.store.Store;

/**
 * Where a dataset is read from.
 *
 * @param root the dataset's root, as the layout check found it
 * @param settings what the user asked for
 * @param scratch sorts lines on disk while items are listed
 */
public record DatasetSource(Store root, Settings settings, SortedLines.Scratch scratch) {}

/**
 * Records on disk: their file forms, the directory of a run, and its manifest.
 *
 * <p>A run is finished when its {@code _SUCCESS} file is there; it is written last.
 *
 * <p>All forms carry the fields of {@link org.medvilam.records.InstructionRecord} under the names
 * that JSON has.
 *
 * <table>
 *   <caption>Types of the columns</caption>
 *   <tr><th>field</th><th>Parquet</th><th>TFRecord</th></tr>
 *   <tr><td>{@code id}, {@code dataset}, {@code split}, {@code task}, {@code modality}, {@code
 *     group}, {@code label}, {@code native_label}, {@code instruction}, {@code answer}, {@code
 *     converter}</td><td>string; {@code split} may be null</td><td>bytes</td></tr>
 *   <tr><td>{@code media}</td><td>group of strings, int32, doubles and a boolean, all but {@code id},
 *     {@code type} and {@code uri} may be null; {@code spacing_mm} and {@code window} lists of
 *     doubles</td><td>{@code media/NAME}: bytes, int64 or float</td></tr>
 *   <tr><td>{@code boxes}, {@code boxes3d}, {@code points}</td><td>list of lists of
 *     int32</td><td>int64, flat</td></tr>
 *   <tr><td>{@code polygons}</td><td>list of lists of lists of int32</td><td>int64, flat, with
 *     {@code polygons/lengths}</td></tr>
 *   <tr><td>{@code native}</td><td>group of the same four names, doubles</td><td>{@code
 *     native/NAME}: float, and exact in {@code native/NAME/float64}</td></tr>
 *   <tr><td>{@code source}</td><td>group of the string {@code file} and the string {@code record},
 *     which may be null</td><td>{@code source/NAME}: bytes</td></tr>
 * </table>
 *
 * <p>Lists of Parquet have three levels ({@code list.element}). What is absent has no feature in
 * TFRecord. A sample of WebDataset holds the JSON of all records of a medium, and its picture.
 */
package org.medvilam.records.codec;

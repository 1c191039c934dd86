/**
 * CSV files as tables: separators found, rows counted, mistakes named with their line.
 *
 * <p>Comes from: the user's files.
 *
 * <p>Goes to: {@code data}, whose {@code Table} it fills.
 */
package dev.elman.csv;

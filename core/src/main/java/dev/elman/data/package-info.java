/**
 * What comes in: text files and tables, checked, with errors that say how to mend the file.
 *
 * <p>Comes from: the user's files.
 *
 * <p>Goes to: {@code encoding}, which turns text and columns into scaled numbers.
 */
package dev.elman.data;

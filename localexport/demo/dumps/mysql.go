package dumps

import (
	"bufio"
	"fmt"
	"strings"

	"sluice/localexport/sqlread"
)

const mysqlHead = `-- MySQL dump 10.13  Distrib 8.0 (demo of Sluice)
--
-- Host: localhost    Database: confluence
-- ------------------------------------------------------
-- Server version	8.0

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
`

const mysqlTail = `
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;
/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;

-- Dump completed
`

// insertSize is how long an INSERT grows before the next begins.
const insertSize = 1 << 20

// writeMySQL writes the text that mysqldump would.
func writeMySQL(c *sqlread.Conn, tables []*table, w *bufio.Writer) error {
	w.WriteString(mysqlHead) // the buffer keeps the first error
	for _, t := range tables {
		fmt.Fprintf(w, "\n--\n-- Table structure for table `%s`\n--\n\nDROP TABLE IF EXISTS `%s`;\n%s", t.name, t.name, t.mysqlCreate())
		fmt.Fprintf(w, "\n--\n-- Dumping data for table `%s`\n--\n\nLOCK TABLES `%s` WRITE;\n", t.name, t.name)
		if err := t.inserts(c, w); err != nil {
			return err
		}
		w.WriteString("UNLOCK TABLES;\n")
	}
	_, err := w.WriteString(mysqlTail)
	return err
}

func (x column) mysqlType() string {
	switch x.kind {
	case bigint:
		return "bigint"
	case integer:
		return "int"
	case smallint:
		return "smallint"
	case varchar:
		return fmt.Sprintf("varchar(%d)", x.size)
	case char:
		return fmt.Sprintf("char(%d)", x.size)
	case timestamp:
		return "datetime"
	}
	return "longtext"
}

func mysqlNames(names []string) string { return "`" + strings.Join(names, "`,`") + "`" }

func (t *table) mysqlCreate() string {
	var lines []string
	for _, x := range t.columns {
		line := "  `" + x.name + "` " + x.mysqlType()
		if x.notNull {
			line += " NOT NULL"
		}
		lines = append(lines, line)
	}
	if t.key != nil {
		lines = append(lines, "  PRIMARY KEY ("+mysqlNames(t.key)+")")
	}
	for _, x := range t.indexes {
		word := "KEY"
		if x.unique {
			word = "UNIQUE KEY"
		}
		lines = append(lines, fmt.Sprintf("  %s `%s` (%s)", word, x.name, mysqlNames(x.columns)))
	}
	return "CREATE TABLE `" + t.name + "` (\n" + strings.Join(lines, ",\n") + "\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;\n"
}

// inserts writes the rows, many to a statement.
func (t *table) inserts(c *sqlread.Conn, w *bufio.Writer) error {
	var row []byte
	length := 0 // of the statement that is open
	err := t.each(c, func(s *sqlread.Stmt) error {
		row = t.mysqlRow(row[:0], s)
		switch {
		case length == 0:
			fmt.Fprintf(w, "INSERT INTO `%s` VALUES\n", t.name)
		case length+len(row) > insertSize:
			fmt.Fprintf(w, ";\nINSERT INTO `%s` VALUES\n", t.name)
			length = 0
		default:
			w.WriteString(",\n")
		}
		length += len(row)
		_, err := w.Write(row)
		return err
	})
	if err == nil && length > 0 {
		_, err = w.WriteString(";\n")
	}
	return err
}

func (t *table) mysqlRow(row []byte, s *sqlread.Stmt) []byte {
	row = append(row, '(')
	for i, x := range t.columns {
		if i > 0 {
			row = append(row, ',')
		}
		value := s.Bytes(i)
		switch {
		case s.IsNull(i):
			row = append(row, "NULL"...)
		case x.kind == bigint || x.kind == integer || x.kind == smallint:
			row = append(row, value...)
		case x.kind == timestamp: // whose fraction the product's type does not have
			row = append(row, '\'')
			row = append(row, value[:min(len(value), len("2006-01-02 15:04:05"))]...)
			row = append(row, '\'')
		default:
			row = mysqlQuote(row, value)
		}
	}
	return append(row, ')')
}

func mysqlQuote(to, value []byte) []byte {
	to = append(to, '\'')
	for _, c := range value {
		switch c {
		case 0:
			to = append(to, `\0`...)
		case '\n':
			to = append(to, `\n`...)
		case '\r':
			to = append(to, `\r`...)
		case 0x1a:
			to = append(to, `\Z`...)
		case '\\', '\'', '"':
			to = append(to, '\\', c)
		default:
			to = append(to, c)
		}
	}
	return append(to, '\'')
}

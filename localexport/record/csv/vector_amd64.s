//go:build !purego

#include "textflag.h"

// Special bytes, each at the place of its lower four bits. What stands at the
// other places equals no byte that has their lower four bits.
DATA ends<>+0(SB)/8, $0x0000000000220000  // 0: U+0000, 2: quote
DATA ends<>+8(SB)/8, $0x00000d00000a0000  // 10: line feed, 13: carriage return
GLOBL ends<>(SB), RODATA|NOPTR, $16
DATA specials<>+0(SB)/8, $0x0000000000220000
DATA specials<>+8(SB)/8, $0x00000d2c000a0000 // 12: comma
GLOBL specials<>(SB), RODATA|NOPTR, $16

// func copyText(dst, src *byte, n int, lf uint32) (read, written int)
TEXT ·copyText(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), CX        // bytes left
	MOVL lf+24(FP), R8
	VBROADCASTI128 ends<>(SB), Y1

loop:
	CMPQ CX, $32
	JLT  end
	VMOVDQU   (SI), Y0
	VMOVDQU   Y0, (DI)
	VPSHUFB   Y0, Y1, Y4     // the special byte with the same low half
	VPCMPEQB  Y0, Y4, Y4
	VPMOVMSKB Y4, AX
	TESTL     AX, AX
	JNE       found
	ADDQ      $32, SI
	ADDQ      $32, DI
	SUBQ      $32, CX
	JMP       loop

found:
	BSFL    AX, AX
	ADDQ    AX, SI
	ADDQ    AX, DI
	SUBQ    AX, CX
	MOVBLZX (SI), AX
	CMPL    AX, $0x22
	JEQ     quote
	CMPL    AX, $0x0a
	JNE     end
	TESTL   R8, R8
	JEQ     end
	MOVW    R8, (DI)
	JMP     next

quote:
	MOVW $0x2222, (DI)

next:
	INCQ SI
	ADDQ $2, DI
	DECQ CX
	JMP  loop

end:
	VZEROUPPER
	SUBQ src+8(FP), SI
	SUBQ dst+0(FP), DI
	MOVQ SI, read+32(FP)
	MOVQ DI, written+40(FP)
	RET

// func anySpecial(src *byte, n int) bool
TEXT ·anySpecial(SB), NOSPLIT, $0-17
	MOVQ src+0(FP), SI
	MOVQ n+8(FP), CX
	VBROADCASTI128 specials<>(SB), Y1
	LEAQ -32(SI)(CX*1), DX   // the last 32 bytes
	VPXOR Y2, Y2, Y2

next32:
	CMPQ SI, DX
	JAE  last32
	VMOVDQU  (SI), Y0
	VPSHUFB  Y0, Y1, Y3
	VPCMPEQB Y0, Y3, Y3
	VPOR     Y2, Y3, Y2
	ADDQ     $32, SI
	JMP      next32

last32:
	VMOVDQU  (DX), Y0
	VPSHUFB  Y0, Y1, Y3
	VPCMPEQB Y0, Y3, Y3
	VPOR     Y2, Y3, Y2
	VPTEST   Y2, Y2
	SETNE    ret+16(FP)
	VZEROUPPER
	RET

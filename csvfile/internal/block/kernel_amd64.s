//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// func scanAVX2(p *byte, n int, delimiter, terminator byte, k *kernel)
//
// 64 bytes at a time: a bit mask of the quotes, the same with every bit turned
// into the parity of the bits up to it (a carry-less product with all ones), and
// counts of the terminators by that parity. What is before and behind a quote is
// looked at by loads that are one byte off.
//
// AX quotes  CX terminators  DX parity  R8 parity so far, as all or no bits
// R9, R10 terminators at even and odd parity  SI position  DI bytes left
TEXT ·scanAVX2(SB), NOSPLIT, $0-32
	MOVQ         p+0(FP), SI
	MOVQ         n+8(FP), DI
	MOVQ         k+24(FP), R13
	VPBROADCASTB delimiter+16(FP), Y2
	VPBROADCASTB terminator+17(FP), Y1
	MOVQ         $0x2222222222222222, AX
	VMOVQ        AX, X0
	VPBROADCASTB X0, Y0
	MOVQ         $0x0d0d0d0d0d0d0d0d, AX
	VMOVQ        AX, X3
	VPBROADCASTB X3, Y3
	VPCMPEQB     X8, X8, X8
	MOVQ         kernel_parity(R13), R8
	XORQ         R9, R9
	XORQ         R10, R10

loop:
	VMOVDQU   (SI), Y4
	VMOVDQU   32(SI), Y5
	VPCMPEQB  Y0, Y4, Y6
	VPCMPEQB  Y0, Y5, Y7
	VPMOVMSKB Y6, AX
	VPMOVMSKB Y7, BX
	SHLQ      $32, BX
	ORQ       BX, AX
	VPCMPEQB  Y1, Y4, Y6
	VPCMPEQB  Y1, Y5, Y7
	VPMOVMSKB Y6, CX
	VPMOVMSKB Y7, BX
	SHLQ      $32, BX
	ORQ       BX, CX
	TESTQ     AX, AX
	JNZ       quotes

	POPCNTQ CX, CX
	MOVQ    CX, BX
	ANDQ    R8, BX
	ADDQ    BX, R10
	SUBQ    BX, CX
	ADDQ    CX, R9

next:
	ADDQ $64, SI
	SUBQ $64, DI
	JNZ  loop

	MOVQ R8, kernel_parity(R13)
	ADDQ R9, kernel_even(R13)
	ADDQ R10, kernel_odd(R13)
	VZEROUPPER
	RET

quotes:
	VMOVQ      AX, X6
	VPCLMULQDQ $0, X8, X6, X6
	VMOVQ      X6, DX
	XORQ       R8, DX
	MOVQ       DX, R8
	SARQ       $63, R8
	POPCNTQ    CX, BX
	ANDQ       DX, CX
	POPCNTQ    CX, CX
	ADDQ       CX, R10
	SUBQ       CX, BX
	ADDQ       BX, R9

	// R11: the quotes that may not stand behind the byte before them.
	VMOVDQU   -1(SI), Y4
	VMOVDQU   31(SI), Y5
	VPCMPEQB  Y0, Y4, Y6
	VPCMPEQB  Y1, Y4, Y7
	VPOR      Y6, Y7, Y6
	VPCMPEQB  Y2, Y4, Y7
	VPOR      Y6, Y7, Y6
	VPCMPEQB  Y0, Y5, Y9
	VPCMPEQB  Y1, Y5, Y7
	VPOR      Y9, Y7, Y9
	VPCMPEQB  Y2, Y5, Y7
	VPOR      Y9, Y7, Y9
	VPMOVMSKB Y6, R11
	VPMOVMSKB Y9, BX
	SHLQ      $32, BX
	ORQ       BX, R11
	NOTQ      R11
	ANDQ      AX, R11

	// R12: the quotes that, closing, may not stand before the byte behind them.
	VMOVDQU   1(SI), Y4
	VMOVDQU   33(SI), Y5
	VPCMPEQB  Y0, Y4, Y6
	VPCMPEQB  Y1, Y4, Y7
	VPOR      Y6, Y7, Y6
	VPCMPEQB  Y2, Y4, Y7
	VPOR      Y6, Y7, Y6
	VPCMPEQB  Y3, Y4, Y7
	VPOR      Y6, Y7, Y6
	VPCMPEQB  Y0, Y5, Y9
	VPCMPEQB  Y1, Y5, Y7
	VPOR      Y9, Y7, Y9
	VPCMPEQB  Y2, Y5, Y7
	VPOR      Y9, Y7, Y9
	VPCMPEQB  Y3, Y5, Y7
	VPOR      Y9, Y7, Y9
	VPMOVMSKB Y6, R12
	VPMOVMSKB Y9, BX
	SHLQ      $32, BX
	ORQ       BX, R12
	NOTQ      R12
	ANDQ      AX, R12

	// A quote opens, if the block starts outside, where the parity behind it is
	// odd, and closes where it is even; the other way round, if it starts inside.
	MOVQ R11, BX
	ANDQ DX, BX
	XORQ BX, R11
	MOVQ R12, CX
	ANDQ DX, CX
	XORQ CX, R12
	ORQ  R12, BX
	ORQ  R11, CX
	ORQ  BX, kernel_outside(R13)
	ORQ  CX, kernel_inside(R13)
	JMP  next
